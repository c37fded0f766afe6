/* Containers and objects changed in place, by chance. */
#ifndef CODEAUG_STIRRING_H
#define CODEAUG_STIRRING_H

#include <iterator>

#include "picking.h"

namespace codeaug {

/* Whether a copy of a value can be made. The library's containers say so of items that cannot be, and so
 * then do the classes that hold them: where that does not compile, plain values and texts are copied alone. */
#ifdef CODEAUG_PLAIN_COPIES
template <class T> struct CanCopy : std::is_arithmetic<T> {};
template <class C> struct CanCopy<std::basic_string<C>> : std::true_type {};
#if __cplusplus >= 201703L
template <class C> struct CanCopy<std::basic_string_view<C>> : std::true_type {};
#endif
#else
template <class T> struct CanCopy : std::is_copy_constructible<T> {};
#endif
template <class T, class A> struct CanCopy<std::vector<T, A>> : CanCopy<T> {};
template <class T, class A> struct CanCopy<std::deque<T, A>> : CanCopy<T> {};
template <class T, class A> struct CanCopy<std::list<T, A>> : CanCopy<T> {};
template <class K, class T, class C, class A> struct CanCopy<std::map<K, T, C, A>> : CanCopy<T> {};
template <class K, class T, class H, class E, class A>
struct CanCopy<std::unordered_map<K, T, H, E, A>> : CanCopy<T> {};
template <class A, class B>
struct CanCopy<std::pair<A, B>> : std::integral_constant<bool, CanCopy<A>::value && CanCopy<B>::value> {};

/* --- objects of the project's classes: one of their members ------------------------------------- */

template <std::size_t... I> struct Numbers {};
template <std::size_t N, std::size_t... I> struct Count : Count<N - 1, N - 1, I...> {};
template <std::size_t... I> struct Count<0, I...> { typedef Numbers<I...> type; };

template <class T, class> struct Change {
    typedef T OfProject;
    static bool at(T &value, Chance &chance, How how) { return at(value, chance, how, std::is_class<T>()); }
    static bool at(T &, Chance &, How, std::false_type) { return false; }
    static bool at(T &value, Chance &chance, How how, std::true_type) {
        how.kept = how.kept || !__is_aggregate(T);
        Picking picking = Picking::of(value, chance, how);
        const int all = picking.seen;
        for (int tries = 0; all && tries < 3; tries++)
            if (picking.pick(value, static_cast<int>(chance.below(static_cast<unsigned>(all))))) return true;
        return false;
    }
};

/* --- the library's containers ------------------------------------------------------------------- */

template <class T> bool oppose(T &value, Chance &chance, How how);

/* One of the items, or a changed one, some times. */
template <class T> std::vector<T> several(const T &item, unsigned most, Chance &chance, How how) {
    T other(item);
    if (chance.one_in(2)) oppose(other, chance, how);
    else if (chance.one_in(2)) change(other, chance, how);
    return std::vector<T>(1 + chance.below(most), other);
}

/* Other items, another order, fewer, more, many. */
template <class T> bool change_items(std::vector<T> &items, Chance &chance, How how) {
    std::size_t size = items.size(), at = chance.below(size);
    typedef typename std::vector<T>::iterator At;
    At here = items.begin() + static_cast<std::ptrdiff_t>(at);
    switch (size ? chance.below(13) : 12) {
    case 0: items.erase(here, here + static_cast<std::ptrdiff_t>(std::min(size - at, 1 + std::size_t(chance.below(3))))); break;
    case 1: std::rotate(items.begin(), here, items.end()); break;
    case 2: std::reverse(items.begin(), items.end()); break;
    case 3: std::swap(items[at], items[chance.below(size)]); break;
    case 10: /* one that is like another one */
        if (size < 2) return false;
        if (chance.one_in(2)) return liken_items(items, chance);
        items[at] = items[chance.below(size)];
        change(items[at], chance, how);
        break;
    case 4: case 5: return change(items[at], chance, how);
    case 6: items = several(items[at], chance.one_in(2) ? 3 : 10, chance, how); break;
    case 11: {
        const std::vector<T> run = several(items[at], 10, chance, how);
        items.insert(items.begin() + chance.below(size + 1), run.begin(), run.end());
        break;
    }
    case 7: items.clear(); break;
    case 8: {
        const T again = items[at];
        if (chance.one_in(2)) { /* behind another one: which of both is meant? */
            T other = again;
            if (change(other, chance, how)) items.push_back(other);
            items.push_back(again);
        } else {
            items.insert(items.begin() + chance.below(size + 1), again);
        }
        break;
    }
    case 9:
        if (size > 40) return false;
        for (int more = chance.between(10, 30); more; more--) {
            items.push_back(T(items[chance.below(items.size())]));
            if (chance.one_in(2)) change(items.back(), chance, how);
        }
        break;
    default: return add_item(items, chance, how, std::is_default_constructible<T>());
    }
    return true;
}
template <class T> bool add_item(std::vector<T> &items, Chance &chance, How how, std::true_type) {
    T item = items.empty() ? T() : items[chance.below(items.size())];
    change(item, chance, how);
    items.insert(items.begin() + chance.below(items.size() + 1), item);
    return true;
}
template <class T> bool add_item(std::vector<T> &, Chance &, How, std::false_type) { return false; }

/* What was sorted is so again, where its items can be. */
template <class T> auto is_ordered(const std::vector<T> &items, int) -> decltype(smaller(items[0], items[0], 0)) {
    return items.size() > 1 && std::is_sorted(items.begin(), items.end(), [](const T &a, const T &b) {
        return smaller(a, b, 0);
    });
}
template <class T> bool is_ordered(const T &, long) { return false; }
template <class T> auto put_in_order(std::vector<T> &items, int) -> decltype(void(smaller(items[0], items[0], 0))) {
    std::stable_sort(items.begin(), items.end(), [](const T &a, const T &b) { return smaller(a, b, 0); });
}
template <class T> void put_in_order(T &, long) {}

template <class C> bool change_one(C &value, Chance &chance, How how) {
    if (value.begin() == value.end()) return false;
    if (chance.one_in(4) && liken_items(value, chance)) return true;
    auto at = value.begin();
    std::advance(at, chance.below(static_cast<unsigned long long>(std::distance(value.begin(), value.end()))));
    return change(*at, chance, how);
}
template <class C> bool change_order(C &value, Chance &chance, How how, std::true_type) {
    std::vector<typename C::value_type> items(value.begin(), value.end());
    if (!change_items(items, chance, how)) return false;
    value.assign(items.begin(), items.end());
    return true;
}
template <class C> bool change_order(C &value, Chance &chance, How how, std::false_type) {
    return change_one(value, chance, how);
}
template <class C> struct Sequences {
    static bool at(C &value, Chance &chance, How how) {
        if (how.kept) return change_one(value, chance, how);
        return change_order(value, chance, how, std::integral_constant<bool, CanCopy<C>::value>());
    }
};
template <class T, class A> struct Change<std::vector<T, A>> : Sequences<std::vector<T, A>> {};
template <class T, class A> struct Change<std::deque<T, A>> : Sequences<std::deque<T, A>> {};
template <class T, class A> struct Change<std::list<T, A>> : Sequences<std::list<T, A>> {};
template <class A> struct Change<std::vector<bool, A>> {
    static bool at(std::vector<bool, A> &value, Chance &chance, How how) {
        if (!value.empty() && !chance.one_in(3)) value[chance.below(value.size())].flip();
        else if (how.kept) return false;
        else if (!value.empty() && chance.one_in(2)) value.pop_back();
        else value.push_back(chance.one_in(2));
        return true;
    }
};
template <class T, std::size_t N> struct Change<std::array<T, N>> {
    static bool at(std::array<T, N> &value, Chance &chance, How how) { return change_one(value, chance, how); }
};
template <class T, std::size_t N> struct Change<T[N]> {
    static bool at(T (&value)[N], Chance &chance, How how) {
        return change(const_cast<typename std::remove_cv<T>::type &>(value[chance.below(N)]), chance, how);
    }
};

/* Keys and sets: one less, one that is changed. */
template <class C, class Insert> bool change_keys(C &value, Chance &chance, How how, Insert insert) {
    if (how.kept) return false;
    auto at = value.begin();
    if (at == value.end()) return false;
    std::advance(at, chance.below(value.size()));
    if (chance.one_in(6)) value.clear();
    else if (chance.one_in(3)) value.erase(at);
    else return insert(at);
    return true;
}
template <class C> struct Sets {
    static bool at(C &value, Chance &chance, How how) {
        return change_keys(value, chance, how, [&](typename C::iterator at) {
            typename C::value_type item = *at;
            return change(item, chance, how) && (value.insert(item), true);
        });
    }
};
template <class C> struct Maps {
    typedef typename C::iterator At;
    static bool at(C &value, Chance &chance, How how) {
        if (how.kept || chance.one_in(2)) {
            if (value.empty()) return false;
            At at = value.begin();
            std::advance(at, chance.below(value.size()));
            if (chance.one_in(6) && liken_to_key(at->first, at->second, 0)) return true;
            return change(at->second, chance, how);
        }
        return keys(value, chance, how, std::integral_constant<bool, CanCopy<C>::value>());
    }
    static bool keys(C &value, Chance &chance, How how, std::true_type) {
        return change_keys(value, chance, how, [&](At at) {
            typename C::key_type key = at->first;
            typename C::mapped_type other = at->second;
            return change(key, chance, how) && (value.insert(typename C::value_type(key, other)), true);
        });
    }
    static bool keys(C &, Chance &, How, std::false_type) { return false; }
};
#define CODEAUG_CHANGES(how, type, ...) template <__VA_ARGS__> struct Change<type> : how<type> {};
CODEAUG_CHANGES(Sets, std::set<T CODEAUG_COMMA C CODEAUG_COMMA A>, class T, class C, class A)
CODEAUG_CHANGES(Sets, std::multiset<T CODEAUG_COMMA C CODEAUG_COMMA A>, class T, class C, class A)
CODEAUG_CHANGES(Sets, std::unordered_set<T CODEAUG_COMMA H CODEAUG_COMMA E CODEAUG_COMMA A>,
                class T, class H, class E, class A)
CODEAUG_CHANGES(Maps, std::map<K CODEAUG_COMMA T CODEAUG_COMMA C CODEAUG_COMMA A>,
                class K, class T, class C, class A)
CODEAUG_CHANGES(Maps, std::multimap<K CODEAUG_COMMA T CODEAUG_COMMA C CODEAUG_COMMA A>,
                class K, class T, class C, class A)
CODEAUG_CHANGES(Maps, std::unordered_map<K CODEAUG_COMMA T CODEAUG_COMMA H CODEAUG_COMMA E CODEAUG_COMMA A>,
                class K, class T, class H, class E, class A)

template <class A, class B> struct Change<std::pair<A, B>> {
    static bool at(std::pair<A, B> &value, Chance &chance, How how) {
        return chance.one_in(2) ? change(value.first, chance, how) : change(value.second, chance, how);
    }
};
template <class... T> struct Change<std::tuple<T...>> {
    typedef std::tuple<T...> Whole;
    static bool at(Whole &value, Chance &chance, How how) {
        return at(value, chance, how, typename Count<sizeof...(T)>::type());
    }
    template <std::size_t... I> static bool at(Whole &value, Chance &chance, How how, Numbers<I...>) {
        std::size_t which = chance.below(sizeof...(T));
        bool found = false, each[] = {
            false, (I == which && (found = change(std::get<I>(value), chance, how)))...};
        (void)each;
        return found;
    }
};
#if __cplusplus >= 201703L
template <class T> struct Change<std::optional<T>> {
    static bool at(std::optional<T> &value, Chance &chance, How how) {
        if (value && !chance.one_in(3)) return change(*value, chance, how);
        if (value) value.reset();
        else if constexpr (std::is_default_constructible_v<T>) change(value.emplace(), chance, how);
        else return false;
        return true;
    }
};
template <class... T> struct Change<std::variant<T...>> {
    static bool at(std::variant<T...> &value, Chance &chance, How how) {
        if (value.valueless_by_exception() || chance.one_in(3))
            return other<0>(value, chance.below(sizeof...(T)), chance, how);
        return std::visit([&](auto &held) { return change(held, chance, how); }, value);
    }
    template <std::size_t I>
    static bool other(std::variant<T...> &value, std::size_t wanted, Chance &chance, How how) {
        if constexpr (I < sizeof...(T)) {
            if (I != wanted) return other<I + 1>(value, wanted, chance, how);
            if constexpr (std::is_default_constructible_v<std::variant_alternative_t<I, std::variant<T...>>>) {
                change(value.template emplace<I>(), chance, how);
                return true;
            }
        }
        return false;
    }
};
#endif

/* A stream in memory has another text. */
template <class T>
struct Change<T, typename std::enable_if<std::is_base_of<std::basic_ios<char>, T>::value>::type> {
    static bool at(T &stream, Chance &chance, How) {
        std::stringbuf *text = text_of(stream);
        if (text) text->str(changed_text(text->str(), chance));
        return text;
    }
};

} // namespace codeaug
#endif
