#include "desk.h"

#include <cmath>
#include <thread>

#include "account.h"

using namespace desk;

static bool numbers() {
    bool good = grade(95) == 1 && grade(60) == 2 && grade(20) == 3;
    good = good && middle(2, 6) == 4 && wrapped(7) == 7 && ratio(1, 2) == 0.5;
    good = good && signed_zero(3) == 0 && apart(3, 3) == 0 && checked(5) == 5;
    good = good && divided(6, 3) == 2 && countdown(4) == 2 && variadic(2, 1, 2) == 3;
    return good && next_number(2) == 2 && next_number(3) == 5 && next_number(0) == 5;
}

static bool texts() {
    greet("Ann");
    std::map<std::string, int> found = counted({"a"});
    return shout("abc") == "ABC" && std::string(skip_blanks("  a")) == "a" && found["a"] == 1 &&
           length("abc", 9) == 3 && is_vowel('a') && !is_vowel('x') && largest<int>({1, 3}) == 3;
}

static bool arrays() {
    std::vector<int> items{1};
    sort_in_place(items);
    double all[] = {1, 2, 3};
    fill(all, 3, 0);
    int total = 1, step = 2;
    add_to(total, step);
    Node last{2, nullptr};
    Node first{1, &last};
    Point point = mirrored(Point{1, 0}, Side::left);
    return items[0] == 1 && all[0] == 0 && total == 5 && find(&first, 1) == &first && point.x == -1;
}

static bool objects() {
    Account one("Ann", 500), other("Ann", 500);
    bool good = one == other;
    one.deposit(500);
    seal(hidden());
    Secret secret;
    secret.keep(3);
    one.renamed("", "Bob");
    return good && one.is_rich() && one.line(0) == "deposit" && secret.is(3) &&
           one.kind() == "account" && Account::fee(100) == 0;
}

static bool outside() {
    return rolled(6) < 6 && lines_of("/nowhere") == -1 && stamp(1) != 0;
}

static bool threads() {
    bool good = false, ready = false;
    std::thread other([&] {
        while (!__atomic_load_n(&ready, __ATOMIC_SEQ_CST)) {
        }
    });
    good = apart(4, 2) == 2;
    __atomic_store_n(&ready, true, __ATOMIC_SEQ_CST);
    other.join();
    return good;
}

int main(int, char** arguments) {
    std::string name = arguments[1];
    bool good = name == "numbers"   ? numbers()
                : name == "texts"   ? texts()
                : name == "arrays"  ? arrays()
                : name == "objects" ? objects()
                : name == "outside" ? outside()
                                    : threads();
    return good ? 0 : 1;
}
