#pragma once

#include <istream>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace tree {

using Value = std::variant<std::monostate, bool, double, std::string>;

struct Node {
    std::string name;
    Value value;
    std::vector<std::unique_ptr<Node>> children;
};

struct Buffer {
    std::vector<char> bytes;
};

std::string describe(const Value& value);

/// The first child of a name; nullptr if there is none.
const Node* child(const Node& root, const std::string& name);

/// Compares two numbers of any length, without leading zeros.
bool is_less(const std::string& one, const std::string& other);

/// Takes a word and the comma behind it.
std::string word(std::istream& in);

class Pool {
public:
    std::unique_ptr<Buffer> acquire(std::size_t size);

private:
    std::vector<std::unique_ptr<Buffer>> free_;
};

}
