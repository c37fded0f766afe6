/* Scalars and texts changed in place, by chance: for inputs that are far from the recorded ones.
 *
 * Changes know types and are stacked, as in the havoc stage of AFL and in EvalPlus (Liu et al. 2023). */
#ifndef CODEAUG_CHANGING_H
#define CODEAUG_CHANGING_H

#include <cmath>

#include "spelling.h"

namespace codeaug {

/* The same numbers in each fork that has the same seed. */
struct Chance {
    unsigned long long state;
    explicit Chance(unsigned seed) : state(seed * 2654435769ULL + 88172645463325252ULL) {}
    unsigned long long bits() {
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        return state * 2685821657736338717ULL;
    }
    unsigned below(unsigned long long count) {
        return count ? static_cast<unsigned>((bits() >> 20) % count) : 0;
    }
    bool one_in(unsigned count) { return below(count) == 0; }
    int between(int low, int high) { return low + static_cast<int>(below(static_cast<unsigned>(high - low + 1))); }
};

/* `kept`: a part of an object that may rely on how many there are, on their keys and order. */
struct How {
    int depth;
    bool kept;
};

template <class T, class = void> struct Change;
template <class T> bool change(T &value, Chance &chance, How how) {
    if (how.depth++ > DEEPEST) return false;
    return Change<T>::at(value, chance, how);
}

/* Whether the unit takes too long for vast numbers. */
enum { MODEST = 5000 };
inline bool &is_modest() {
    static bool is = false;
    return is;
}

/* --- numbers ------------------------------------------------------------------------------------ */

template <class T> struct Change<T, typename std::enable_if<std::is_integral<T>::value>::type> {
    typedef std::numeric_limits<T> Limits;
    static bool at(T &value, Chance &chance, How) {
        T old = value;
        value = other(value, chance);
        if (is_modest()) value = static_cast<T>(value % MODEST);
        return value != old;
    }
    static T other(T value, Chance &chance) {
        int by = chance.between(-1, 1);
        switch (chance.below(8)) {
        case 0: return fitting(static_cast<long long>(value), chance.between(-3, 3), value);
        case 1: return chance.one_in(2) ? Limits::max() : Limits::min();
        case 2: return edge(value, chance);
        case 3:
            if (chance.one_in(2)) by = 0;
            return integer_count ? fitting(integers[chance.below(integer_count)], by, value) : T(0);
        case 4: return fitting(codeaug_donor_number(chance.bits()), by, value);
        case 5: return static_cast<T>(chance.bits() >> chance.below(64));
        case 6:
            if (Sizes::all().count && chance.one_in(2)) return fitting(Sizes::all().any(chance.bits()), by, value);
            return fitting(chance.between(-3, 20), 0, value);
        default: return fitting(chance.one_in(2) ? chance.between(0, 100) : chance.between(-200, 1000), 0, value);
        }
    }
    /* What is next to the end of a narrower type, or of its own. */
    static T edge(T value, Chance &chance) {
        if (chance.one_in(4)) { /* squares, where roots are rounded */
            long long root = 1LL << chance.below(31);
            root += chance.below(static_cast<unsigned long long>(root));
            return fitting(root * root, chance.between(-1, 1), value);
        }
        static const int widths[] = {7, 8, 15, 16, 31, 32, 62};
        long long found = 1LL << widths[chance.below(7)];
        int by = chance.between(-1, 1);
        if (chance.one_in(3)) return static_cast<T>(chance.one_in(2) ? Limits::max() - 1 : Limits::min() + 1);
        return fitting(chance.one_in(3) ? -found : found, by, value);
    }
    static T fitting(long long found, int by, T otherwise) {
        std::vector<T> fits;
        add_integer(fits, static_cast<long long>(static_cast<unsigned long long>(found) + by));
        return fits.empty() ? otherwise : fits[0];
    }
};
template <> struct Change<bool> {
    static bool at(bool &value, Chance &, How) {
        value = !value;
        return true;
    }
};

/* A sign of the text, of the constants, or one that programs take for another. */
inline char sign(const std::string &near, Chance &chance) {
    static const char odd[] = "aZ09 _-.,;:/@#'\"\\\t\n\r\v%+([{<=\0\0\x1f\x7f\x80\xbf\xc3\xa9\xe9\xf0\xff";
    std::string known(letters);
    const std::string &from = chance.one_in(2) ? near : known;
    if (chance.one_in(12)) return "\xff\x80\0"[chance.below(3)]; /* taken for an end, or negative */
    if (!from.empty() && !chance.one_in(3)) {
        char found = from[chance.below(from.size())];
        return chance.one_in(4) ? static_cast<char>(found + chance.between(-1, 1)) : found;
    }
    return odd[chance.below(sizeof odd - 1)];
}
template <> struct Change<char> {
    static bool at(char &value, Chance &chance, How) {
        char old = value;
        value = chance.one_in(8) ? static_cast<char>(chance.bits()) : sign(std::string(1, value), chance);
        return value != old;
    }
};
template <class T> struct Change<T, typename std::enable_if<std::is_enum<T>::value>::type> {
    static bool at(T &value, Chance &chance, How) {
        std::vector<T> others = Others<T>::all(value, false);
        if (others.empty()) return false;
        value = others[chance.below(others.size())];
        return true;
    }
};
template <class T> struct Change<T, typename std::enable_if<std::is_floating_point<T>::value>::type> {
    static bool at(T &value, Chance &chance, How) {
        static const int parts[] = {1, 2, 3, 4, 7, 8, 10, 100, 1000};
        T part = static_cast<T>(parts[chance.below(9)]);
        std::vector<T> listed = Others<T>::all(value, false);
        switch (chance.below(7)) {
        case 6: value = static_cast<T>(chance.between(-2, 3)); break;
        case 5: value = std::ldexp(static_cast<T>(chance.between(-9, 9)), chance.between(-90, 90)); break;
        case 0: value = listed[chance.below(listed.size())]; break;
        case 1: value = value + static_cast<T>(chance.between(-20, 20)) / part; break;
        case 2: value = static_cast<T>(chance.between(-1000, 5000)) / part; break;
        case 3: value = static_cast<T>(codeaug_donor_number(chance.bits())) / part; break;
        default: value = static_cast<T>(static_cast<long long>(chance.bits()) >> chance.below(64)) / part;
        }
        return true;
    }
};

/* --- texts -------------------------------------------------------------------------------------- */

inline std::string donor_text(Chance &chance) {
    if (string_count && chance.one_in(3)) return strings[chance.below(string_count)];
    unsigned long size = 0;
    const char *text = codeaug_donor_text(chance.bits(), &size);
    return std::string(text, size);
}

/* Another number where one stands. */
inline std::string renumbered(const std::string &value, Chance &chance) {
    static const char *const numbers[] = {"0", "00", "1", "-1", "9", "10", "99", "007", "1e3", "12"};
    std::size_t from = value.find_first_of("0123456789", chance.below(value.size() + 1));
    if (from == std::string::npos) from = value.find_first_of("0123456789");
    if (from == std::string::npos) return std::string(1, "-+ "[chance.below(3)]) + value;
    std::size_t to = value.find_first_not_of("0123456789", from);
    if (to == std::string::npos) to = value.size();
    if (chance.one_in(6)) return value.substr(0, from) + std::string(1 + chance.below(8), '0') + value.substr(from);
    if (chance.one_in(8)) return value.substr(0, from) + "+-"[chance.below(2)] + value.substr(from + 1);
    std::string other = numbers[chance.below(10)];
    if (chance.one_in(2)) other = std::to_string(chance.below(chance.one_in(2) ? 40 : 3000));
    if (chance.one_in(4)) {
        other = width_ends()[chance.below(WIDTH_ENDS)];
        if (from && value[from - 1] == '-') from--;
    }
    return value.substr(0, from) + other + value.substr(to);
}

/* What may stand behind a text: its last part once more, also with nothing but zeros, or some sign. */
inline std::string part_of(const std::string &value, Chance &chance) {
    std::size_t at = value.find_last_of(" .,;:-/_=\n", chance.one_in(2) ? std::string::npos : chance.below(value.size() + 1));
    if (at == std::string::npos || chance.one_in(3)) {
        std::string made(1, sign(value, chance));
        return chance.one_in(2) ? made + "01 "[chance.below(3)] : made;
    }
    std::string found = value.substr(at, 1 + chance.below(4));
    if (chance.one_in(2)) return found;
    for (char &c : found) c = c >= '1' && c <= '9' ? '0' : c;
    return found;
}

/* Parts between equal separators: two in each other's place, one left out, one there twice. */
inline std::string with_parts(const std::string &value, Chance &chance) {
    std::size_t at = value.find_first_of(" ,;:-./|=\n", chance.below(value.size() + 1));
    if (at == std::string::npos) at = value.find_first_of(" ,;:-./|=\n");
    if (at == std::string::npos) return value + value;
    const char separator = value[at];
    const std::size_t inner = value.find_first_of(":=-,;", 0);
    if (chance.one_in(5) && inner < at) /* the key once more, before it and without a value */
        return value.substr(0, inner + 1) + separator + value;
    std::vector<std::string> parts(1);
    for (char c : value) {
        if (c == separator) parts.push_back(std::string());
        else parts.back() += c;
    }
    std::size_t one = chance.below(parts.size()), other = chance.below(parts.size());
    switch (chance.below(4)) {
    case 0: parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(one)); break;
    case 1: parts.push_back(std::string(parts[one])); break;
    case 2: parts[one] = parts[other]; break;
    default: std::swap(parts[one], parts[other]);
    }
    std::string made;
    for (std::size_t i = 0; i < parts.size(); i++) made += (i ? std::string(1, separator) : made) + parts[i];
    return made;
}

/* Lines in another order, one of them there twice, and changed then. */
inline std::string with_lines(const std::string &value, Chance &chance) {
    std::size_t from = value.rfind('\n', chance.below(value.size() + 1));
    from = from == std::string::npos ? 0 : from + 1;
    std::size_t to = value.find('\n', from);
    std::string line = value.substr(from, to == std::string::npos ? to : to + 1 - from);
    std::size_t at = chance.below(line.size() + 1);
    std::string other = line.substr(0, at) + sign(value, chance) + line.substr(at);
    return value.substr(0, from) + (chance.one_in(2) ? other + line : line + other) +
           value.substr(std::min(value.size(), from + line.size()));
}

inline std::string changed_text(const std::string &value, Chance &chance) {
    static const char *const sequences[] = {"\xc3\xa9", "\xc3\x9f", "\xe2\x82\xac", "\xf0\x9f\x98\x80", "\r\n", "  "};
    std::size_t at = chance.below(value.size() + 1), many = 1 + chance.below(3);
    std::string before = value.substr(0, at), after = value.substr(at), all = value;
    std::string beyond = after.size() > many ? after.substr(many) : std::string();
    switch (chance.below(24)) {
    case 22: case 23: return value.substr(0, value.size() - std::min(value.size(), std::size_t(1 + chance.below(2))));
    case 14: return before + '\0' + after;
    case 15: case 18: return value + part_of(value, chance);
    case 20: case 21: return with_parts(value, chance);
    case 19: return part_of(value, chance) + value;
    case 16: return value + (chance.one_in(2) ? after : std::string(1, '\0') + after);
    case 17: return with_lines(value, chance);
    case 0: case 1: return before + sign(value, chance) + after;
    case 2: return before + beyond;
    case 3: case 4: return before + sign(value, chance) + (after.empty() ? after : after.substr(1));
    case 5: case 6: return renumbered(value, chance);
    case 7: for (char &c : after) c = static_cast<char>(std::isupper(static_cast<unsigned char>(c))
            ? std::tolower(static_cast<unsigned char>(c)) : std::toupper(static_cast<unsigned char>(c)));
        return before + after;
    case 8: return before + donor_text(chance) + after;
    case 9: return donor_text(chance);
    case 10: return before + sequences[chance.below(6)] + after;
    case 11: return after + before;
    case 12: return before + after.substr(0, many) + after;
    default:
        if (chance.one_in(2)) return chance.one_in(3) ? std::string() : before;
        while (!all.empty() && all.size() < 20) all += all;
        return all;
    }
}
template <class R, class A> struct Change<std::basic_string<char, R, A>> {
    typedef std::basic_string<char, R, A> Text;
    static bool at(Text &value, Chance &chance, How) {
        std::string made = changed_text(std::string(value.data(), value.size()), chance);
        if (made.size() > 300 && made.size() > 2 * value.size()) return false;
        bool differs = made.size() != value.size() || made.compare(0, made.size(), value.data(), value.size()) != 0;
        value.assign(made.data(), made.size());
        return differs;
    }
};

template <class T> struct IsText : std::is_same<T, std::string> {};
#if __cplusplus >= 201703L
template <> struct IsText<std::string_view> : std::true_type {};
#endif

/* What stays for as long as the process. */
inline const std::string &lasting(const std::string &text) { return *new std::string(text); }

template <> struct Change<const char *> {
    static bool at(const char *&value, Chance &chance, How) {
        if (!value) return false;
        std::string made = changed_text(Others<const char *>::text(value), chance);
        value = lasting(made.substr(0, made.find('\0'))).c_str();
        return true;
    }
};
#if __cplusplus >= 201703L
template <class R> struct Change<std::basic_string_view<char, R>> {
    static bool at(std::basic_string_view<char, R> &value, Chance &chance, How) {
        const std::string &made = lasting(changed_text(std::string(value), chance));
        value = std::basic_string_view<char, R>(made.data(), made.size());
        return true;
    }
};
#endif

} // namespace codeaug
#endif
