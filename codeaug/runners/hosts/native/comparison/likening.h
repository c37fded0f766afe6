/* A part of one value becomes that of another one: equal keys, equal times, in what else differs. */
#ifndef CODEAUG_LIKENING_H
#define CODEAUG_LIKENING_H

#include "changing.h"

namespace codeaug {

template <class To, class T> void pick_members(To &to, T &of);

/* What is copied without the objects around it. */
template <class T> struct IsScalar
    : std::integral_constant<bool, std::is_arithmetic<T>::value || std::is_enum<T>::value ||
                                       std::is_same<T, std::string>::value> {};
#if __cplusplus >= 201703L
template <class T> struct IsScalar<std::optional<T>> : IsScalar<T> {};
#endif

/* Counts an object's scalars; remembers where the one that is `wanted` lies. */
struct Finding {
    int wanted, seen;
    const void *at;
    void (*type)();
    template <class T> void member(const T &value, Role, int, int) {
        if (!IsScalar<T>::value || seen++ != wanted) return;
        at = &value;
        type = &kind<T>;
    }
};
/* Copies it to the same place of another object. */
struct Copying {
    const Finding &from;
    int seen;
    bool done;
    template <class T> void member(const T &value, Role, int, int) { copy(const_cast<T &>(value), IsScalar<T>()); }
    template <class T> void copy(T &value, std::true_type) {
        if (seen++ != from.wanted || from.type != &kind<T>) return;
        const T &other = *static_cast<const T *>(from.at);
        done = !(value == other);
        value = other;
    }
    template <class T> void copy(T &, std::false_type) {}
};

template <class T> struct Liken {
    static bool at(T &to, const T &from, Chance &chance) { return at(to, from, chance, IsScalar<T>()); }
    static bool at(T &to, const T &from, Chance &, std::true_type) {
        const bool differ = !(to == from);
        to = from;
        return differ;
    }
    static bool at(T &to, const T &from, Chance &chance, std::false_type) {
        return of(to, from, chance, std::is_class<T>());
    }
    static bool of(T &to, const T &from, Chance &chance, std::true_type) {
        Finding all = {-1, 0, nullptr, nullptr};
        pick_members(all, from);
        if (!all.seen) return false;
        Finding one = {static_cast<int>(chance.below(static_cast<unsigned>(all.seen))), 0, nullptr, nullptr};
        pick_members(one, from);
        Copying copying = {one, 0, false};
        pick_members(copying, to);
        return copying.done;
    }
    static bool of(T &, const T &, Chance &, std::false_type) { return false; }
};
template <class A, class B> struct Liken<std::pair<A, B>> {
    typedef std::pair<A, B> Both;
    static bool at(Both &to, const Both &from, Chance &chance) {
        typedef typename std::remove_const<A>::type Key;
        if (std::is_const<A>::value || chance.one_in(2)) return Liken<B>::at(to.second, from.second, chance);
        return Liken<Key>::at(const_cast<Key &>(to.first), from.first, chance);
    }
};
/* What stands at a key is the key itself. */
template <class T>
auto liken_to_key(const T &key, T &value, int) -> typename std::enable_if<IsScalar<T>::value, bool>::type {
    const bool differ = !(key == value);
    value = key;
    return differ;
}
template <class K, class T> bool liken_to_key(const K &, T &, long) { return false; }
template <class P> struct LikenPointed {
    static bool at(P &to, const P &from, Chance &chance) {
        typedef typename std::remove_cv<typename std::remove_reference<decltype(*to)>::type>::type Plain;
        return to && from && &*to != &*from && Liken<Plain>::at(const_cast<Plain &>(*to), *from, chance);
    }
};
template <class T, class D> struct Liken<std::unique_ptr<T, D>> : LikenPointed<std::unique_ptr<T, D>> {};
template <class T> struct Liken<std::shared_ptr<T>> : LikenPointed<std::shared_ptr<T>> {};

/* Two items of a container. */
template <class C> bool liken_items(C &items, Chance &chance) {
    typedef typename std::remove_cv<typename std::remove_reference<decltype(*items.begin())>::type>::type Item;
    const auto size = static_cast<unsigned long long>(std::distance(items.begin(), items.end()));
    auto to = items.begin(), from = items.begin();
    std::advance(to, chance.below(size));
    std::advance(from, chance.below(size));
    return to != from && Liken<Item>::at(*to, *from, chance);
}

} // namespace codeaug
#endif
