#include "check.h"
#include "orders.h"

#include <stdexcept>

using namespace shop;

namespace {

void advances() {
    Order order;
    CHECK(order.advance() == State::paid);
    order.advance();
    CHECK(order.advance() == State::sent);
    CHECK(order.history().front() == State::fresh);
    CHECK_THROWS(std::logic_error, order.advance());
}

void cancels() {
    Order order;
    CHECK(order.can_cancel(false));
    order.advance();
    order.advance();
    CHECK(order.can_cancel(true));
    CHECK(!order.can_cancel(false));
    order.advance();
    CHECK(!order.can_cancel(true));
}

void adds_and_takes() {
    Order order;
    CHECK(order.add("pen", 2) == 2);
    CHECK(order.add("pen", 1) == 3);
    CHECK(order.add("box", 1000) == 1000);
    for (int i = 0; i < 1000; ++i) {
        order.take("box");
    }
    CHECK(order.take("pen"));
    CHECK(order.size() == 2);
    CHECK(!order.take("ink"));
    CHECK_THROWS(std::invalid_argument, order.add("pen", 0));
    order.take("pen");
    order.take("pen");
    CHECK(order.size() == 0);
}

void notes() {
    Order order;
    order.set_note("a", "b");
    CHECK(order.note("a") == "b");
    CHECK(order.note("c").empty());
}

void lists_skus() {
    Order order;
    order.add("pen", 5);
    order.add("ink", 1);
    CHECK((order.skus(1) == std::vector<std::string>{"ink", "pen"}));
    CHECK((order.skus(2) == std::vector<std::string>{"pen"}));
}

void takes_coupons() {
    Order order;
    CHECK(!order.take_coupon());
    order.set_coupon("SPRING");
    CHECK(order.take_coupon() == "SPRING");
}

void absorbs() {
    Order order;
    Order other;
    order.add("pen", 1);
    other.add("ink", 2);
    other.add("pen", 3);
    order.absorb(other);
    CHECK(order.size() == 6);
    CHECK(order.pieces().count("ink") == 1);
    CHECK(other.size() == 0);
}

void knows_skus() {
    CHECK(is_sku("AB-123"));
    CHECK(!is_sku("Ab-123"));
    CHECK(!is_sku("AB-12x"));
    CHECK(!is_sku("AB123"));
    CHECK(!is_sku("AB-1234"));
}

void checks_cards() {
    CHECK(luhn("79927398713"));
    CHECK(luhn("18"));
    CHECK(!luhn("79927398710"));
    CHECK(!luhn("7992x"));
}

void chooses_carriers() {
    CHECK(carrier(100, "CH", false) == "post");
    CHECK(carrier(100, "CH", true) == "courier");
    CHECK(carrier(100, "FR", false) == "parcel");
    CHECK(carrier(50000, "FR", false) == "freight");
    CHECK(carrier(25000, "FR", true) == "freight");
}

void shows_settings() {
    CHECK(setting("pen", "red") == "pen=\"red\"");
    CHECK(shown(true) == "yes");
    CHECK(shown(false) == "no");
}

void numbers_tickets() {
    Sequence numbers(7);
    CHECK(ticket(numbers).find("7") != std::string::npos);
    CHECK(numbers.next() == 9);
}

void passes_checks() {
    auto yes = [] { return true; };
    auto no = [] { return false; };
    CHECK(passed({yes, yes}) == 2);
    CHECK(passed({yes, no}) == 1);
}

void retries() {
    int left = 1;
    int result = retry(
        [&] {
            if (left-- > 0) {
                throw std::runtime_error("not yet");
            }
            return 5;
        },
        3);
    CHECK(result == 5);
    int calls = 0;
    auto failing = [&]() -> int {
        ++calls;
        throw std::runtime_error("no");
    };
    CHECK_THROWS(std::runtime_error, retry(failing, 2));
    CHECK(calls == 2);
}

void complains() {
    CHECK(complaint([] {}) == "");
    CHECK(complaint([] { throw std::runtime_error("broken"); }) == "broken");
}

void parses_counts() {
    CHECK(parse_count("12") == 12);
    CHECK(parse_count("012") == 12);
    CHECK_THROWS(std::invalid_argument, parse_count("x"));
    CHECK_THROWS(std::invalid_argument, parse_count("1x"));
    CHECK_THROWS(std::invalid_argument, parse_count(""));
    CHECK_THROWS(std::invalid_argument, parse_count("12345"));
}

void finds_headlines() {
    Board board({"pen", "pencil", "ink"});
    CHECK(headline(board) == "pencil");
}

void numbers_names() {
    std::map<std::string, int> last{{"pen", 4}};
    CHECK((numbered({"pen", "ink", "pen"}, last) == std::vector<int>{5, 1, 6}));
    CHECK(last["pen"] == 6);
    CHECK(last["ink"] == 1);
}

}  // namespace

int main() {
    advances();
    cancels();
    adds_and_takes();
    notes();
    lists_skus();
    takes_coupons();
    absorbs();
    knows_skus();
    checks_cards();
    chooses_carriers();
    shows_settings();
    numbers_tickets();
    passes_checks();
    retries();
    complains();
    parses_counts();
    finds_headlines();
    numbers_names();
    return failures == 0 ? 0 : 1;
}
