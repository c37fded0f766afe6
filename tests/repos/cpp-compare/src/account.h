#pragma once

#include <memory>
#include <string>
#include <vector>

class Account {
public:
    Account(const std::string& owner, long balance);
    ~Account();
    void deposit(long amount);
    bool is_rich() const;
    Account& renamed(const std::string& /*unused*/, const std::string& owner);
    bool operator==(const Account& other) const;
    std::string& line(unsigned long number);
    static long fee(long amount);
    virtual std::string kind() const { return std::string(1, 'a') + "ccount"; }

private:
    std::string owner_;
    long balance_;
    std::vector<std::string> history_;
};

class Secret {
public:
    Secret() : number(0) {}
    void keep(int value);
    bool is(int value) const;

private:
    union {
        int number;
        float real;
    };
};
