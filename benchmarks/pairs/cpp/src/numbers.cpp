#include "numbers.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

namespace shop {

double clamped(double value, double low, double high) {
    if (value < low) {
        return low;
    }
    if (value > high) {
        return high;
    }
    return value;
}

double mean(const std::vector<double>& values) {
    double sum = 0.0;
    for (double value : values) {
        sum += value;
    }
    return values.empty() ? std::nan("") : sum / static_cast<double>(values.size());
}

int compared(int a, int b) {
    if (a < b) {
        return -1;
    }
    return a > b ? 1 : 0;
}

bool is_odd(int number) {
    return number % 2 != 0;
}

int slot(int hash, int slots) {
    if (slots < 1) {
        throw std::invalid_argument("no slots");
    }
    int rest = hash % slots;
    return rest < 0 ? rest + slots : rest;
}

int ceil_div(int a, int b) {
    if (b < 1) {
        throw std::invalid_argument("divisor must be positive");
    }
    int quotient = a / b;
    return a % b > 0 ? quotient + 1 : quotient;
}

int bits(int number) {
    int count = 0;
    for (unsigned rest = static_cast<unsigned>(number); rest != 0; rest &= rest - 1) {
        ++count;
    }
    return count;
}

unsigned gcd(unsigned a, unsigned b) {
    while (b != 0) {
        unsigned rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

std::uint64_t factorial(int n) {
    if (n < 0 || n > 20) {
        throw std::out_of_range("factorial of " + std::to_string(n));
    }
    std::uint64_t product = 1;
    for (int i = 2; i <= n; ++i) {
        product *= static_cast<std::uint64_t>(i);
    }
    return product;
}

bool same(double a, double b) {
    return a == b || (std::isnan(a) && std::isnan(b));
}

std::optional<double> smallest(const std::vector<double>& values) {
    std::optional<double> best;
    for (double value : values) {
        if (std::isnan(value)) {
            continue;
        }
        if (!best || value < *best) {
            best = value;
        }
    }
    return best;
}

std::int64_t rounded(double value) {
    if (!(std::fabs(value) < 1e15)) {
        throw std::out_of_range("too large to round");
    }
    double whole = std::trunc(value);
    if (std::fabs(value - whole) >= 0.5) {
        whole += value < 0 ? -1.0 : 1.0;
    }
    return static_cast<std::int64_t>(whole);
}

int saturated_sum(int a, int b) {
    std::int64_t sum = static_cast<std::int64_t>(a) + b;
    if (sum > std::numeric_limits<int>::max()) {
        return std::numeric_limits<int>::max();
    }
    if (sum < std::numeric_limits<int>::min()) {
        return std::numeric_limits<int>::min();
    }
    return static_cast<int>(sum);
}

std::uint32_t power_mod(std::uint32_t base, std::uint32_t exponent, std::uint32_t modulus) {
    if (modulus == 0) {
        throw std::invalid_argument("no modulus");
    }
    std::uint64_t result = 1 % modulus;
    std::uint64_t factor = base % modulus;
    while (exponent > 0) {
        if (exponent % 2 == 1) {
            result = result * factor % modulus;
        }
        factor = factor * factor % modulus;
        exponent /= 2;
    }
    return static_cast<std::uint32_t>(result);
}

int root(int n) {
    if (n < 0) {
        return -1;
    }
    std::int64_t low = 0;
    std::int64_t high = static_cast<std::int64_t>(n) + 1;
    while (high - low > 1) {
        std::int64_t middle = (low + high) / 2;
        if (middle * middle <= n) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return static_cast<int>(low);
}

std::vector<double> scaled(const std::vector<double>& values, double factor) {
    std::vector<double> out;
    out.reserve(values.size());
    for (double value : values) {
        out.push_back(value * factor);
    }
    return out;
}

std::int64_t widest_step(const std::vector<int>& values) {
    std::int64_t widest = 0;
    for (std::size_t i = 1; i < values.size(); ++i) {
        std::int64_t step = static_cast<std::int64_t>(values[i]) - values[i - 1];
        widest = std::max(widest, step < 0 ? -step : step);
    }
    return widest;
}

}  // namespace shop
