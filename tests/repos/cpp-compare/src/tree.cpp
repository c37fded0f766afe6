#include "tree.h"

#include <cstdlib>
#include <stdexcept>

namespace tree {

std::string describe(const Value& value) {
    if (const bool* flag = std::get_if<bool>(&value)) {
        return *flag ? "true" : "false";
    }
    if (const double* number = std::get_if<double>(&value)) {
        return *number < 0 ? "less" : "more";
    }
    const std::string* text = std::get_if<std::string>(&value);
    return text ? *text : "null";
}

const Node* child(const Node& root, const std::string& name) {
    for (const auto& each : root.children) {
        if (each->name == name) {
            return each.get();
        }
    }
    return nullptr;
}

bool is_less(const std::string& one, const std::string& other) {
    return one.size() != other.size() ? one.size() < other.size() : one < other;
}

std::string word(std::istream& in) {
    std::string found;
    for (int c = in.get(); c != ','; c = in.get()) {
        if (!in) {
            throw std::runtime_error("no comma");
        }
        found += static_cast<char>(c);
    }
    return found;
}

std::unique_ptr<Buffer> Pool::acquire(std::size_t size) {
    auto fresh = std::make_unique<Buffer>();
    fresh->bytes.resize(size);
    return fresh;
}

}
