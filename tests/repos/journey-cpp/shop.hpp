#pragma once

#include <string>
#include <vector>

namespace shop {

std::string grade(const int* score);

class Basket {
public:
    explicit Basket(std::vector<int> prices);
    int total(int rebate) const;
    int untested(bool value) const;

private:
    std::vector<int> prices_;
};

}  // namespace shop
