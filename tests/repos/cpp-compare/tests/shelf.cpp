#include "shelf.h"

#include <sstream>

using namespace shelf;

static bool numbers() {
    std::vector<std::string> items{"pen", "ink"};
    std::istringstream in("a\nb\n");
    sold(1);
    if (spots(3) != 3) { return false; }
    bool good = lines(in) == 2 && checksum("ab") != checksum("ba") && place({1, 3, 5}, 3) == 1 && place({1, 3, 5}, 4) == -1;
    good = good && take(items, "pen") == 1 && sorted_names({"ccc", "a", "bb"}) == "a;bb;ccc;";
    good = good && share(9, 2) == 4 && share(8, 2) == 4 && letter("abc", 1) == 'b' && digits("12") == 12;
    return good && day_of_year({2023, 3, 1}) == 60 && cost({2, "pen"}, 3) == 6 &&
           count({1, 2, 3}, [](int item) { return item > 1; }) == 2;
}

static bool objects() {
    Ring ring;
    Load load(40);
    Drawer drawer({{"pen", 3}, {"ink", 4}});
    Order order{2, "pen"};
    Handle one(&order), other(nullptr);
    other = static_cast<Handle&&>(one);
    return load.breaks(90) && !load.breaks(10) && ring.push(1) == -1 && ring.push(2) == -1 && drawer.all() == 7 && drawer.label("cup") == "" &&
           other.holds() && !one.holds();
}

int main(int, char** arguments) {
    return (std::string(arguments[1]) == "numbers" ? numbers() : objects()) ? 0 : 1;
}
