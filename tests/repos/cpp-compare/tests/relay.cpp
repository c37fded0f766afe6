#include "relay.h"

#include <sstream>

using namespace relay;

int main() {
    std::istringstream in("# a line\nanother");
    int done = 0;
    Meter meter;
    Cart cart;
    Timers timers;
    timers.add({"tea", 5});
    timers.add({"tick", 2});
    std::vector<std::string> lines;
    Lines sink([&lines](const std::string& line) { lines.push_back(line); });
    sink.write("one\ntw");
    sink.write("o\r\nthree");
    each({1, 2}, [](int) {}, done);
    bool good = parsed("12") == 12 && parsed("-7") == -7 && !parsed("x") && skipped(in) == 8;
    good = good && before({1, 3}, {2, 2}) && !before({2, 2}, {1, 2}) && done == 2 && opposite(2) == -2;
    good = good && mixed({1, 2, 3}, {9, 8}, 1) == std::vector<int>{1, 9, 2, 8, 3};
    good = good && meter.add(4) == 4 && meter.add(6) == 5 && cart.drive(2) && cart.y == 2;
    good = good && timers.next() == "tick" && lines == std::vector<std::string>{"one", "two"};
    return good ? 0 : 1;
}
