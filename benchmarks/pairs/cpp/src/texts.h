#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Texts as customers and suppliers write them: any bytes, most often UTF-8.
namespace shop {

/// The text without blanks (space, tab, line ends) at both ends.
std::string trimmed(const std::string& text);

/// Fields between separators, empty ones at the end too.
std::vector<std::string> fields(const std::string& line, char separator);

/// The longest beginning of at most `size` bytes that does not end within a UTF-8 sequence.
std::string cut(const std::string& text, std::size_t size);

/// How often each word (separated by single or several spaces) occurs, in order of first occurrence.
std::vector<std::pair<std::string, int>> word_counts(const std::string& text);

/// Whether ASCII letters (in either case) and digits read the same from both ends.
bool is_palindrome(const std::string& text);

/// The same sum for the same bytes: 31 * sum + byte (0 to 255), modulo 2^32.
std::uint32_t checksum(const std::string& text);

/// Two lower-case hexadecimal digits a byte.
std::string hex(const std::string& bytes);

/// The letters a to z moved on by `by` (any int); other bytes stay.
std::string shifted(const std::string& text, int by);

/// The names joined by ", ", the last by " and "; empty for none.
std::string joined(const std::vector<std::string>& names);

/// How many UTF-8 sequences begin in the text: bytes that are not 10xxxxxx.
std::size_t code_points(const std::string& text);

/// The longest text with which all names begin; empty for no names.
std::string common_prefix(const std::vector<std::string>& names);

/// Whether both are null or hold the same bytes without regard to ASCII case.
bool same_code(const char* a, const char* b);

/// Every `from` (where empty: none) is `to` afterwards; both may be parts of `text` itself.
void replace_all(std::string& text, std::string_view from, std::string_view to);

/// Quotes and backslashes with a backslash, bytes below 0x20 as \xNN; all others stay.
std::string escaped(const std::string& text);

/// The part before the last dot of a file name; all of it where there is none or it is the first.
std::string_view stem(std::string_view name);

}  // namespace shop
