/* Values of the standard library's types as words. */
#ifndef CODEAUG_LIBRARY_H
#define CODEAUG_LIBRARY_H

#include <algorithm>
#include <array>
#include <deque>
#include <forward_list>
#include <list>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>
#if __cplusplus >= 201703L
#include <optional>
#include <string_view>
#include <variant>
#endif

namespace codeaug {

template <class T> void read_items(Words &to, const T &items) {
    to.value("[");
    int left = 200;
    for (auto at = items.begin(); at != items.end() && left; ++at, --left) read(to, *at);
    to.word("]");
}

/* The order of a hash table's items is nobody's promise: their words' sum is. */
template <class T> void read_unordered(Words &to, const T &items) {
    to.value(std::to_string(items.size()).c_str());
    typedef typename std::remove_const<typename T::value_type>::type Item;
    std::vector<const Item *> all;
    for (auto at = items.begin(); at != items.end(); ++at) all.push_back(&*at);
    read_sorted(to, all, 0);
}
template <class T> auto smaller(const T &a, const T &b, int) -> decltype(bool(a < b)) { return a < b; }
template <class A, class B>
auto smaller(const std::pair<A, B> &a, const std::pair<A, B> &b, int) -> decltype(bool(a.first < b.first)) {
    return a.first < b.first;
}
template <class T>
auto read_sorted(Words &to, std::vector<const T *> &all, int) -> decltype(void(smaller(*all[0], *all[0], 0))) {
    std::sort(all.begin(), all.end(), [](const T *a, const T *b) { return smaller(*a, *b, 0); });
    for (std::size_t i = 0; i < all.size() && i < 200; i++) read(to, *all[i]);
}
template <class T> void read_sorted(Words &, std::vector<const T *> &, long) {}

#define CODEAUG_ITEMS(how, type, ...)                                                   \
    template <__VA_ARGS__> struct Reader<type> {                                        \
        static void read(Words &to, const type &value) { how(to, value); }              \
    };
#define CODEAUG_COMMA ,
CODEAUG_ITEMS(read_items, std::vector<T CODEAUG_COMMA A>, class T, class A)
CODEAUG_ITEMS(read_items, std::deque<T CODEAUG_COMMA A>, class T, class A)
CODEAUG_ITEMS(read_items, std::list<T CODEAUG_COMMA A>, class T, class A)
CODEAUG_ITEMS(read_items, std::forward_list<T CODEAUG_COMMA A>, class T, class A)
CODEAUG_ITEMS(read_items, std::array<T CODEAUG_COMMA N>, class T, std::size_t N)
CODEAUG_ITEMS(read_items, std::set<T CODEAUG_COMMA C CODEAUG_COMMA A>, class T, class C, class A)
CODEAUG_ITEMS(read_items,
              std::multiset<T CODEAUG_COMMA C CODEAUG_COMMA A>,
              class T, class C, class A)
CODEAUG_ITEMS(read_items,
              std::map<K CODEAUG_COMMA T CODEAUG_COMMA C CODEAUG_COMMA A>,
              class K, class T, class C, class A)
CODEAUG_ITEMS(read_items,
              std::multimap<K CODEAUG_COMMA T CODEAUG_COMMA C CODEAUG_COMMA A>,
              class K, class T, class C, class A)
CODEAUG_ITEMS(read_unordered,
              std::unordered_set<T CODEAUG_COMMA H CODEAUG_COMMA E CODEAUG_COMMA A>,
              class T, class H, class E, class A)
CODEAUG_ITEMS(read_unordered,
              std::unordered_map<K CODEAUG_COMMA T CODEAUG_COMMA H CODEAUG_COMMA E CODEAUG_COMMA A>,
              class K, class T, class H, class E, class A)

template <class A> struct Reader<std::vector<bool, A>> {
    static void read(Words &to, const std::vector<bool, A> &value) {
        std::string bits;
        for (bool bit : value) bits += bit ? '1' : '0';
        to.quoted(bits.data(), bits.size());
    }
};

template <class R, class A> struct Reader<std::basic_string<char, R, A>> {
    static void read(Words &to, const std::basic_string<char, R, A> &value) {
        to.quoted(value.data(), value.size());
    }
};
template <class C, class R, class A> struct Reader<std::basic_string<C, R, A>> {
    static void read(Words &to, const std::basic_string<C, R, A> &value) { read_items(to, value); }
};
#if __cplusplus >= 201703L
template <class R> struct Reader<std::basic_string_view<char, R>> {
    static void read(Words &to, const std::basic_string_view<char, R> &value) {
        to.quoted(value.data(), value.size());
    }
};
template <class T> struct Reader<std::optional<T>> {
    static void read(Words &to, const std::optional<T> &value) {
        to.value(value ? "some" : "none");
        if (value) codeaug::read(to, *value);
    }
};
template <class... T> struct Reader<std::variant<T...>> {
    static void read(Words &to, const std::variant<T...> &value) {
        to.value(std::to_string(value.index()).c_str());
        if (!value.valueless_by_exception())
            std::visit([&to](const auto &held) { codeaug::read(to, held); }, value);
    }
};
template <> struct Reader<std::monostate> {
    static void read(Words &to, const std::monostate &) { to.value("nothing"); }
};
#endif

template <class A, class B> struct Reader<std::pair<A, B>> {
    static void read(Words &to, const std::pair<A, B> &value) {
        to.word("(");
        codeaug::read(to, value.first);
        codeaug::read(to, value.second);
        to.word(")");
    }
};

template <class T, std::size_t I, bool More> struct Part {
    static void read(Words &to, const T &value) {
        codeaug::read(to, std::get<I>(value));
        Part<T, I + 1, (I + 1 < std::tuple_size<T>::value)>::read(to, value);
    }
};
template <class T, std::size_t I> struct Part<T, I, false> {
    static void read(Words &, const T &) {}
};
template <class... T> struct Reader<std::tuple<T...>> {
    static void read(Words &to, const std::tuple<T...> &value) {
        to.word("(");
        Part<std::tuple<T...>, 0, (sizeof...(T) > 0)>::read(to, value);
        to.word(")");
    }
};

template <class T, class D> struct Reader<std::unique_ptr<T, D>> {
    static void read(Words &to, const std::unique_ptr<T, D> &value) { codeaug::read(to, value.get()); }
};
template <class T> struct Reader<std::shared_ptr<T>> {
    static void read(Words &to, const std::shared_ptr<T> &value) {
        to.value(std::to_string(value.use_count()).c_str());
        codeaug::read(to, value.get());
    }
};
template <class P, class C> struct Reader<__gnu_cxx::__normal_iterator<P, C>> {
    static void read(Words &to, const __gnu_cxx::__normal_iterator<P, C> &value) {
        to.address(value.base());
        to.seen++;
    }
};

/* A stream in memory is its text; what goes elsewhere is printed now, or asks the system. */
template <class T>
struct Reader<T, typename std::enable_if<std::is_base_of<std::basic_ios<char>, T>::value>::type> {
    static void read(Words &to, const T &stream) {
        to.value(std::to_string(static_cast<int>(stream.rdstate())).c_str());
#ifdef __GXX_RTTI
        if (std::stringbuf *text = dynamic_cast<std::stringbuf *>(stream.rdbuf())) {
            std::string all = text->str();
            to.quoted(all.data(), all.size());
            to.value(std::to_string(text->in_avail()).c_str());
            return;
        }
#endif
        if (stream.rdbuf()) stream.rdbuf()->pubsync();
    }
};

} // namespace codeaug
#endif
