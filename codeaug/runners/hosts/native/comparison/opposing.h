/* Several scalars at once are at the ends of their types, next to zero, or what the texts name. */
#ifndef CODEAUG_OPPOSING_H
#define CODEAUG_OPPOSING_H

#include "stirring.h"

namespace codeaug {

template <class T, class = void> struct Oppose;
template <class T> bool oppose(T &value, Chance &chance, How how) {
    if (how.depth++ > DEEPEST || chance.one_in(3)) return false;
    return Oppose<T>::at(value, chance, how);
}

template <class T> struct Oppose<T, typename std::enable_if<std::is_arithmetic<T>::value && !std::is_same<T, bool>::value &&
                                                            !std::is_same<T, char>::value>::type> {
    typedef std::numeric_limits<T> Limits;
    static bool at(T &value, Chance &chance, How) {
        const T old = value, ends[] = {Limits::max(), Limits::lowest(), T(-1), T(0), T(1)};
        const bool is_named = chance.one_in(3);
        value = is_named ? named(value, chance, std::is_integral<T>()) : ends[is_modest() ? 3 + chance.below(2) : chance.below(5)];
        return value != old;
    }
    static T named(T value, Chance &chance, std::true_type) {
        if (!integer_count || chance.one_in(3)) return Change<T>::fitting(codeaug_donor_number(chance.bits()), 0, value);
        return Change<T>::fitting(integers[chance.below(integer_count)], 0, value);
    }
    static T named(T, Chance &chance, std::false_type) {
        return real_count ? static_cast<T>(reals[chance.below(real_count)]) : T(0);
    }
};
template <class T> struct Oppose<T, typename std::enable_if<std::is_enum<T>::value || std::is_same<T, bool>::value ||
                                                            std::is_same<T, char>::value>::type> {
    static bool at(T &value, Chance &chance, How how) { return change(value, chance, how); }
};
#if __cplusplus >= 201703L
template <class T> struct Oppose<std::optional<T>> {
    static bool at(std::optional<T> &value, Chance &chance, How how) {
        if (value && !chance.one_in(4)) return oppose(*value, chance, how);
        return Change<std::optional<T>>::at(value, chance, how);
    }
};
#endif
template <class A, class B> struct Oppose<std::pair<A, B>> {
    static bool at(std::pair<A, B> &value, Chance &chance, How how) {
        typedef typename std::remove_const<A>::type Key;
        const bool one = !std::is_const<A>::value && oppose(const_cast<Key &>(value.first), chance, how);
        return oppose(value.second, chance, how) || one;
    }
};
template <class T, class A> struct Oppose<std::vector<T, A>> {
    static bool at(std::vector<T, A> &value, Chance &chance, How how) {
        bool done = false;
        for (T &item : value) done = oppose(item, chance, how) || done;
        return done;
    }
};
template <class A> struct Oppose<std::vector<bool, A>> {
    static bool at(std::vector<bool, A> &, Chance &, How) { return false; }
};

struct Opposing {
    Chance &chance;
    How how;
    bool done;
    template <class T> void member(const T &value, bool is_place, int least, int most) {
        if (how.kept && Picking::is_fixed(value, is_place)) return;
        T &own = const_cast<T &>(value);
        done = oppose(own, chance, how) || done;
        if (least < most) Picking::within(chance, own, least, most, 0);
    }
};
/* Members of the project's objects; of what else there is, nothing. */
template <class T, class> struct Oppose {
    static bool at(T &value, Chance &chance, How how) { return of(value, chance, how, std::is_class<T>()); }
    static bool of(T &value, Chance &chance, How how, std::true_type) {
        how.kept = how.kept || !__is_aggregate(T);
        if (Picking::of(value, chance, how).is_measured) return false;
        Opposing all = {chance, how, false};
        pick_members(all, value);
        return all.done;
    }
    static bool of(T &, Chance &, How, std::false_type) { return false; }
};

} // namespace codeaug
#endif
