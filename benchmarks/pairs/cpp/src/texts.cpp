#include "texts.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <map>
#include <numeric>
#include <sstream>
#include <unordered_map>

namespace shop {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

}  // namespace

std::string trimmed(const std::string& text) {
    const char* blanks = " \t\r\n";
    std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string::npos) {
        return "";
    }
    std::size_t last = text.find_last_not_of(blanks);
    return text.substr(first, last - first + 1);
}

std::vector<std::string> fields(const std::string& line, char separator) {
    std::vector<std::string> found;
    std::size_t from = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == separator) {
            found.push_back(line.substr(from, i - from));
            from = i + 1;
        }
    }
    found.push_back(line.substr(from));
    return found;
}

std::string cut(const std::string& text, std::size_t size) {
    if (text.size() <= size) {
        return text;
    }
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) {
        --size;
    }
    return text.substr(0, size);
}

std::vector<std::pair<std::string, int>> word_counts(const std::string& text) {
    std::vector<std::pair<std::string, int>> counts;
    for (const std::string& word : fields(text, ' ')) {
        if (word.empty()) {
            continue;
        }
        auto known = std::find_if(counts.begin(), counts.end(),
                                  [&](const auto& entry) { return entry.first == word; });
        if (known == counts.end()) {
            counts.emplace_back(word, 1);
        } else {
            ++known->second;
        }
    }
    return counts;
}

bool is_palindrome(const std::string& text) {
    std::size_t left = 0;
    std::size_t right = text.size();
    while (left < right) {
        if (!is_plain(text[left])) {
            ++left;
        } else if (!is_plain(text[right - 1])) {
            --right;
        } else if (lower(text[left]) != lower(text[right - 1])) {
            return false;
        } else {
            ++left;
            --right;
        }
    }
    return true;
}

std::uint32_t checksum(const std::string& text) {
    std::uint32_t sum = 7;
    for (unsigned char byte : text) {
        sum = 31 * sum + byte;
    }
    return sum;
}

std::string hex(const std::string& bytes) {
    static const char digits[] = "0123456789abcdef";
    std::string out;
    for (unsigned char byte : bytes) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::string shifted(const std::string& text, int by) {
    int shift = by % 26;
    if (shift < 0) {
        shift += 26;
    }
    std::string out;
    for (char c : text) {
        if (c >= 'a' && c <= 'z') {
            out += static_cast<char>('a' + (c - 'a' + shift) % 26);
        } else {
            out += c;
        }
    }
    return out;
}

std::string joined(const std::vector<std::string>& names) {
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) {
            out += i == names.size() - 1 ? " and " : ", ";
        }
        out += names[i];
    }
    return out;
}

std::size_t code_points(const std::string& text) {
    std::size_t count = 0;
    for (unsigned char byte : text) {
        if ((byte & 0xC0) != 0x80) {
            ++count;
        }
    }
    return count;
}

std::string common_prefix(const std::vector<std::string>& names) {
    if (names.empty()) {
        return "";
    }
    std::string prefix = names[0];
    for (const std::string& name : names) {
        std::size_t same = 0;
        while (same < prefix.size() && same < name.size() && prefix[same] == name[same]) {
            ++same;
        }
        prefix.resize(same);
    }
    return prefix;
}

bool same_code(const char* a, const char* b) {
    if (a == nullptr || b == nullptr) {
        return a == b;
    }
    while (*a != '\0' && lower(*a) == lower(*b)) {
        ++a;
        ++b;
    }
    return lower(*a) == lower(*b);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    if (from.empty()) {
        return;
    }
    std::string out;
    std::size_t start = 0;
    std::size_t found = text.find(from);
    while (found != std::string::npos) {
        out.append(text, start, found - start);
        out.append(to);
        start = found + from.size();
        found = text.find(from, start);
    }
    out.append(text, start, std::string::npos);
    text = out;
}

std::string escaped(const std::string& text) {
    std::string out;
    for (char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char code[8];
            std::snprintf(code, sizeof code, "\\x%02x", static_cast<unsigned>(c));
            out += code;
        } else {
            out += c;
        }
    }
    return out;
}

std::string_view stem(std::string_view name) {
    std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) {
        return name;
    }
    return name.substr(0, dot);
}

}  // namespace shop
