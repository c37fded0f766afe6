/* Other texts: shorter, longer, with other numbers, letters and bytes; also those of streams. */
#ifndef CODEAUG_SPELLING_H
#define CODEAUG_SPELLING_H

#include "growing.h"

namespace codeaug {

/* The ends of the integers' widths, the numbers beyond, and one that none holds. */
enum { WIDTH_ENDS = 20, TRIED_ENDS = 6 };
inline const char *const *width_ends() {
    static const char *const ends[WIDTH_ENDS] = {
        "-2147483648", "2147483647", "18446744073709551617", "-9223372036854775808", "2147483648", "-2147483649",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809", "4294967295", "4294967296",
        "18446744073709551615", "18446744073709551616", "-129", "-128", "128", "256", "-32768", "32768", "65536"};
    return ends;
}
/* Where a number stands there is another one. */
inline std::string with_number(const std::string &value, const std::string &other) {
    std::size_t from = value.find_first_of("0123456789");
    if (from == std::string::npos) return value + other;
    const std::size_t to = std::min(value.size(), value.find_first_not_of("0123456789", from));
    if (from && value[from - 1] == '-') from--;
    return value.substr(0, from) + other + value.substr(to);
}
inline std::vector<std::string> texts_near(const std::string &value) {
    std::vector<std::string> to{"", value + "a", " " + value + " ", value + value};
    if (!value.empty()) {
        to.push_back(value.substr(1));
        to.push_back(value.substr(0, value.size() - 1));
        to.push_back(std::string(value.rbegin(), value.rend()));
        const bool has_number = value.find_first_of("0123456789") != std::string::npos;
        for (int i = has_number ? 0 : 2; i < (has_number ? TRIED_ENDS : 3); i++)
            to.push_back(with_number(value, width_ends()[i]));
        for (char odd : {'\xff', '\0'}) to.push_back(value.substr(0, value.size() / 2) + odd + value.substr(value.size() / 2));
    }
    for (const char *letter = letters; *letter; letter++) {
        to.push_back(value + *letter);
        to.push_back(*letter + value);
    }
    for (int i = 0; i < string_count; i++) {
        for (const std::string &each : {std::string(strings[i]), value + strings[i], strings[i] + value})
            to.push_back(each);
    }
    for (const char *each : {" ", "a", "A", "0", "-1", "ab c", "\n", "\xc3\xa9", "a,b", "<", "\"", "1.5"})
        to.push_back(each);
    return to;
}
#if __cplusplus >= 201703L
template <class R> struct Others<std::basic_string_view<char, R>> {
    typedef std::basic_string_view<char, R> View;
    static Kind kind() { return FREE; }
    static int count(const View &value, bool) { return static_cast<int>(texts_near(std::string(value)).size()); }
    static View *made(const View &value, int which, bool) {
        return new View(*new std::string(texts_near(std::string(value))[static_cast<std::size_t>(which)]));
    }
};
#endif
template <> struct Others<std::string> : Listed<std::string, Others<std::string>> {
    static Kind kind() { return FREE; }
    static std::vector<std::string> all(const std::string &value, bool) { return texts_near(value); }
};

/* A stream that is read, in memory: what is left to read is another text. */
inline std::stringbuf *text_of(const std::basic_ios<char> &stream) {
#ifdef __GXX_RTTI
    return dynamic_cast<std::stringbuf *>(stream.rdbuf());
#else
    return (void)stream, nullptr;
#endif
}
template <class T> struct Others<T, typename std::enable_if<std::is_base_of<std::istream, T>::value>::type> {
    static Kind kind() { return FREE; }
    static int count(const T &value, bool) {
        return text_of(value) ? static_cast<int>(texts_near(rest(*text_of(value))).size()) : 0;
    }
    static T *made(const T &value, int which, bool) {
        std::stringbuf &text = *text_of(value);
        text.str(texts_near(rest(text))[static_cast<std::size_t>(which)]);
        return const_cast<T *>(&value);
    }

  private:
    static std::string rest(std::stringbuf &text) {
        const std::string all = text.str();
        const std::streamsize left = std::max<std::streamsize>(text.in_avail(), 0);
        return all.substr(all.size() - std::min(all.size(), static_cast<std::size_t>(left)));
    }
};

/* A text that ends with a zero, of its own. */
template <> struct Others<const char *> {
    static Kind kind() { return TEXT; }
    static std::string text(const char *value) {
        std::size_t size = 0;
        while (size < LONGEST_TEXT && codeaug_can_read(value + size, 1) && value[size]) size++;
        return std::string(value, size);
    }
    static int count(const char *value, bool) {
        return value ? static_cast<int>(texts_near(text(value)).size()) : 0;
    }
    static const char **made(const char *value, int which, bool) {
        std::string *all = new std::string(texts_near(text(value))[which]);
        return new const char *(all->c_str());
    }
};

} // namespace codeaug
#endif
