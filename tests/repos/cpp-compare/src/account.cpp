#include "account.h"

#include <stdexcept>

Account::Account(const std::string& owner, long balance) : owner_(owner), balance_(0) {
    if (balance > 0) {
        balance_ = balance;
    }
}

Account::~Account() {
    history_.clear();
}

void Account::deposit(long amount) {
    if (amount <= 0) {
        throw std::invalid_argument("amount");
    }
    balance_ += amount;
    history_.push_back("deposit");
}

bool Account::is_rich() const {
    return balance_ >= 1000;
}

Account& Account::renamed(const std::string& /*unused*/, const std::string& owner) {
    owner_ = owner;
    return *this;
}

bool Account::operator==(const Account& other) const {
    return owner_ == other.owner_ && balance_ == other.balance_;
}

std::string& Account::line(unsigned long number) {
    return history_.at(number);
}

long Account::fee(long amount) {
    return amount > 50 ? 0 : 1;
}

void Secret::keep(int value) {
    number = value;
}

bool Secret::is(int value) const {
    return number == value;
}
