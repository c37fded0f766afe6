#include <fstream>

#include "parity.h"

static int failures = 0;

static void check(std::ostream& report, const char* name, bool good) {
    report << "<testcase classname='parity' name='" << name << "' time='0.01'>";
    if (!good) {
        report << "<failure message='wrong'/>";
        ++failures;
    }
    report << "</testcase>";
}

int main(int, char** arguments) {
    bool two = even(2), three = even(3);
    std::ofstream report(arguments[1]);
    report << "<testsuite name='parity'>";
    check(report, "two", two);
    check(report, "three", !three);
    report << "</testsuite>";
    return failures;
}
