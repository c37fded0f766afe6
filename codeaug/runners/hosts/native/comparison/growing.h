/* Other values of the same type: neighbours, boundaries, constants of the texts, less, more.
 *
 * The constants `integers`, `reals`, `strings` and `letters` are declared before this is included (`prelude.h`). */
#ifndef CODEAUG_GROWING_H
#define CODEAUG_GROWING_H

#include <limits>

#include "reading.h"

namespace codeaug {

/* What a member of an object is: one that tells of places and sizes, by its name; one that is read bit by bit. */
enum Role { ROLE_PLAIN, ROLE_PLACE, ROLE_BITS };

/* POINTER: to numbers; BUFFER: to bytes, which a text of another length may not fit. */
enum Kind { OTHER, INTEGER, POINTER, BUFFER, TEXT, FREE };

/* None for what cannot be made. `less`: a number may say how much there is; only smaller ones. */
template <class T> struct None {
    static Kind kind() { return OTHER; }
    static int count(const T &, bool) { return 0; }
    static T *made(const T &, int, bool) { return nullptr; }
};
template <class T, class = void> struct Others : None<T> {};

/* `all` lists the values; the one that is asked for stays for as long as the process. */
template <class T, class Lister> struct Listed {
    static int count(const T &value, bool less) { return static_cast<int>(Lister::all(value, less).size()); }
    static T *made(const T &value, int which, bool less) { return new T(Lister::all(value, less)[which]); }
};

/* How many there are in the arguments and the object's members: what numbers beside them may count. And the
 * object's own numbers, as often as a small one of the texts says: what others are held against. */
struct Sizes {
    enum { MOST = 8, FEW = 10 };
    long long known[MOST];
    unsigned count;
    static Sizes &all() {
        static Sizes sizes = Sizes();
        return sizes;
    }
    template <class T> auto take(const T &value, int) -> decltype(void(static_cast<std::size_t>(value.size()))) {
        add(static_cast<long long>(value.size()));
    }
    template <class T> void take(const T &, long) {}
    void add(long long size) {
        if (count < MOST && std::find(known, known + count, size) == known + count) known[count++] = size;
    }
    template <class T>
    auto times(const T &value, int) ->
        typename std::enable_if<std::is_integral<T>::value && (sizeof(T) > 1 && sizeof(T) < 8)>::type {
        for (int i = 0; i < integer_count; i++) {
            if (integers[i] > 1 && integers[i] < FEW) add(static_cast<long long>(value) * integers[i]);
        }
    }
    template <class T> void times(const T &, long) {}
    long long any(unsigned long long which) const { return known[(which >> 8) % count]; }
    template <class T> void member(const T &value, Role, int, int) {
        take(value, 0);
        times(value, 0);
    }
};

template <class T> void add_integer(std::vector<T> &to, long long value) {
    T found = static_cast<T>(value);
    if (static_cast<long long>(found) == value && (value >= 0) == !(found < T())) to.push_back(found);
}

template <class T> struct Integers : Listed<T, Integers<T>> {
    static Kind kind() { return INTEGER; }
    static std::vector<T> all(const T &value, bool less) {
        typedef std::numeric_limits<T> Limits;
        std::vector<T> to;
        if (less) {
            for (T each : {static_cast<T>(value - 1), static_cast<T>(value / 2), T(1), T(0)}) {
                if (value > T() && each < value) to.push_back(each);
            }
            return to;
        }
        if (value != Limits::max()) to.push_back(static_cast<T>(value + 1));
        if (value != Limits::min()) to.push_back(static_cast<T>(value - 1));
        for (unsigned i = 0; i < Sizes::all().count; i++) {
            for (long long by : {1LL, 0LL, -1LL}) add_integer(to, Sizes::all().known[i] + by);
        }
        for (long long by : {0LL, 1LL, -1LL}) {
            for (int i = 0; i < integer_count; i++) add_integer(to, integers[i] + by);
        }
        if (Limits::is_signed && value != Limits::min()) to.push_back(static_cast<T>(-value));
        for (long long each : {0LL, 1LL, -1LL, 2LL, 10LL, 255LL, 256LL}) add_integer(to, each);
        to.push_back(Limits::max());
        to.push_back(Limits::min());
        return to;
    }
};
template <class T> struct Others<T, typename std::enable_if<std::is_integral<T>::value>::type> : Integers<T> {};

template <> struct Others<char> : Listed<char, Others<char>> {
    static Kind kind() { return FREE; }
    static std::vector<char> all(const char &value, bool) {
        std::vector<char> to{static_cast<char>(value + 1), static_cast<char>(value - 1)};
        for (const char *letter = letters; *letter; letter++) to.push_back(*letter);
        for (char each : {'\0', ' ', '0', '9', 'a', 'z', 'A', 'Z', '\n', '\177', '\377'}) to.push_back(each);
        return to;
    }
};
template <> struct Others<bool> : Listed<bool, Others<bool>> {
    static Kind kind() { return FREE; }
    static std::vector<bool> all(const bool &value, bool) { return {!value}; }
};
/* Whether a number is one of an enumeration's names: the compiler writes that of others with a cast. */
template <class E, E V> bool is_named() {
    const char *text = std::strstr(__PRETTY_FUNCTION__, " V = ");
    return text && text[5] != '(' && text[5] != '-' && (text[5] < '0' || text[5] > '9');
}
enum { MOST_NAMED = 32 };
template <class E, int N> struct Named {
    static void list(std::vector<E> &to) {
        Named<E, N - 1>::list(to);
        if (is_named<E, static_cast<E>(N - 1)>()) to.push_back(static_cast<E>(N - 1));
    }
};
template <class E> struct Named<E, 0> {
    static void list(std::vector<E> &) {}
};
template <class T>
struct Others<T, typename std::enable_if<std::is_enum<T>::value>::type> : Listed<T, Others<T>> {
    static Kind kind() { return FREE; }
    static std::vector<T> all(const T &value, bool) {
        std::vector<T> to;
        Named<T, MOST_NAMED>::list(to);
        to.erase(std::remove(to.begin(), to.end(), value), to.end());
        return to;
    }
};

template <class T> struct Reals : Listed<T, Reals<T>> {
    static Kind kind() { return FREE; }
    static std::vector<T> all(const T &value, bool) {
        typedef std::numeric_limits<T> Limits;
        std::vector<T> to{value + 1, value - 1, -value, value / 2, T(0), -T(0)};
        for (int i = 0; i < real_count; i++) {
            for (double by : {0.0, 0.5, -0.5}) to.push_back(static_cast<T>(reals[i] + by));
        }
        for (T each : {T(1), T(-1), T(0.5), T(1.5), T(2.5), Limits::quiet_NaN(), Limits::infinity(),
                       -Limits::infinity(), Limits::denorm_min(), Limits::max(), T(1e16), T(1e20), T(-1e20)}) {
            to.push_back(each);
        }
        return to;
    }
};
template <class T> struct Others<T, typename std::enable_if<std::is_floating_point<T>::value>::type> : Reals<T> {};

/* Of pointers to objects only null is another one. */
template <class T> struct Others<T *, typename std::enable_if<!std::is_same<T, const char>::value>::type> {
    static Kind kind() {
        if (std::is_class<T>::value || std::is_function<T>::value) return FREE;
        return sizeof(Sized) == 1 && !std::is_const<T>::value ? BUFFER : POINTER;
    }
    static int count(T *const &value, bool) { return std::is_class<T>::value && value ? 1 : 0; }
    static T **made(T *const &, int, bool) { return new T *(nullptr); }

  private:
    typedef typename std::conditional<std::is_arithmetic<T>::value, T, char>::type Sized;
};

#if __cplusplus >= 201703L
/* None, or what its value may be else. */
template <class T>
struct Others<std::optional<T>, typename std::enable_if<std::is_arithmetic<T>::value || std::is_enum<T>::value ||
                                                        std::is_same<T, std::string>::value>::type> {
    typedef std::optional<T> Whole;
    static Kind kind() { return FREE; }
    static int count(const Whole &value, bool less) { return Others<T>::count(value.value_or(T()), less) + (value ? 1 : 0); }
    static Whole *made(const Whole &value, int which, bool less) {
        if (value && which-- == 0) return new Whole();
        return new Whole(*Others<T>::made(value.value_or(T()), which, less));
    }
};
#endif
template <class T> struct Vectors : Listed<std::vector<T>, Vectors<T>> {
    static Kind kind() { return FREE; }
    static std::vector<std::vector<T>> all(const std::vector<T> &value, bool) {
        typedef std::vector<T> Items;
        std::vector<Items> to{Items(), Items(value.rbegin(), value.rend())};
        T one = value.empty() ? T() : value.front();
        to.push_back(value);
        to.back().push_back(one);
        for (int which = 0; which < 6 && which < Others<T>::count(one, false); which++) {
            T other = *Others<T>::made(one, which, false);
            to.push_back(value);
            to.back().push_back(other);
            if (value.empty()) continue;
            to.push_back(value);
            to.back()[which % value.size()] = other;
        }
        if (!value.empty()) to.push_back(Items(value.begin() + 1, value.end()));
        return to;
    }
};
template <class T>
struct Others<std::vector<T>, typename std::enable_if<std::is_arithmetic<T>::value ||
                                                      std::is_same<T, std::string>::value>::type>
    : Vectors<T> {};
template <> struct Others<std::vector<bool>> : None<std::vector<bool>> {};
#if __cplusplus >= 201703L
/* Each of the alternatives, its first value and those near that. */
template <class... T> struct Others<std::variant<T...>> {
    typedef std::variant<T...> Whole;
    static Kind kind() { return FREE; }
    static int count(const Whole &value, bool) { return count(value, std::index_sequence_for<T...>()); }
    static Whole *made(const Whole &value, int which, bool) { return made(value, which, std::index_sequence_for<T...>()); }

  private:
    template <std::size_t... I> static int count(const Whole &value, std::index_sequence<I...>) {
        return (0 + ... + count_of<I>(value));
    }
    template <std::size_t... I> static Whole *made(const Whole &value, int which, std::index_sequence<I...>) {
        Whole *found = nullptr;
        ((found = found ? found : one<I>(value, which)), ...);
        return found;
    }
    template <std::size_t I> using Part = std::variant_alternative_t<I, Whole>;
    template <std::size_t I> static constexpr bool can_be() {
        return std::is_default_constructible_v<Part<I>> && std::is_copy_constructible_v<Part<I>>;
    }
    template <std::size_t I> static Part<I> first(const Whole &value) {
        return value.index() == I ? *std::get_if<I>(&value) : Part<I>();
    }
    template <std::size_t I> static int count_of(const Whole &value) {
        if constexpr (can_be<I>()) return (value.index() != I) + Others<Part<I>>::count(first<I>(value), false);
        else return 0;
    }
    /* Counts `which` down by the values of an alternative that it is none of. */
    template <std::size_t I> static Whole *one(const Whole &value, int &which) {
        if constexpr (can_be<I>()) {
            const int all = count_of<I>(value), at = which - (value.index() != I);
            if (which < all)
                return at < 0 ? new Whole(std::in_place_index<I>, first<I>(value))
                              : new Whole(std::in_place_index<I>, *Others<Part<I>>::made(first<I>(value), at, false));
            which -= all;
        }
        return nullptr;
    }
};
#endif

} // namespace codeaug
#endif
