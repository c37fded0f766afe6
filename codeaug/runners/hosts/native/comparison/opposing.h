/* Several scalars at once are at the ends of their types, next to zero, or what the texts name; or all are
 * numbers of everyday: small ones, tenths, lists of round lengths. There ratios are whole, and sums meet bounds. */
#ifndef CODEAUG_OPPOSING_H
#define CODEAUG_OPPOSING_H

#include "stirring.h"

namespace codeaug {

/* Numbers up to `most` in parts of `part`, of one input. */
struct Everyday {
    bool is;
    unsigned most, part;
    static Everyday &now() {
        static Everyday one = {false, 0, 1};
        return one;
    }
    static void choose(Chance &chance) {
        static const unsigned ends[] = {3, 10, 20, 100, 100, 1000}, parts[] = {1, 10, 10, 100, 4, 3};
        now() = {!chance.one_in(3), ends[chance.below(6)], parts[chance.below(6)]};
    }
    static void forget() { now().is = false; }
    template <class T> T number(T value, Chance &chance, std::true_type) const {
        const auto found = static_cast<long long>(chance.below(most) + 1); /* many a thing has no number 0 */
        return Change<T>::fitting(chance.one_in(6) ? chance.one_in(2) ? 0 : -found : found, 0, value);
    }
    template <class T> T number(T, Chance &chance, std::false_type) const {
        const T found = static_cast<T>(chance.below(most * part + 1)) / static_cast<T>(part);
        return chance.one_in(8) ? -found : found;
    }
};

template <class T, class = void> struct Oppose;
template <class T> bool oppose(T &value, Chance &chance, How how) {
    if (how.depth++ > DEEPEST || chance.one_in(Everyday::now().is ? 6 : 3)) return false;
    return Oppose<T>::at(value, chance, how);
}

template <class T> struct Oppose<T, typename std::enable_if<std::is_arithmetic<T>::value && !std::is_same<T, bool>::value &&
                                                            !std::is_same<T, char>::value>::type> {
    typedef std::numeric_limits<T> Limits;
    static bool at(T &value, Chance &chance, How) {
        const T old = value, ends[] = {Limits::max(), Limits::lowest(), T(-1), T(0), T(1), Limits::infinity(),
                                       static_cast<T>(-Limits::infinity()), Limits::quiet_NaN()};
        if (Everyday::now().is) value = Everyday::now().number(value, chance, std::is_integral<T>());
        else if (chance.one_in(3)) value = named(value, chance, std::is_integral<T>());
        else value = ends[is_modest() ? 3 + chance.below(2) : chance.below(Limits::has_infinity ? 8 : 5)];
        return value != old;
    }
    static T named(T value, Chance &chance, std::true_type) {
        if (!integer_count || chance.one_in(3)) return Change<T>::fitting(codeaug_donor_number(chance.bits()), 0, value);
        return Change<T>::fitting(integers[chance.below(integer_count)], chance.between(-1, 1), value);
    }
    static T named(T, Chance &chance, std::false_type) {
        return real_count ? static_cast<T>(reals[chance.below(real_count)]) : T(0);
    }
};
template <class T> struct Oppose<T, typename std::enable_if<std::is_enum<T>::value || std::is_same<T, bool>::value ||
                                                            std::is_same<T, char>::value>::type> {
    static bool at(T &value, Chance &chance, How how) { return change(value, chance, how); }
};
template <> struct Oppose<std::string> {
    static bool at(std::string &value, Chance &chance, How how) {
        if (!chance.one_in(Everyday::now().is ? 4 : 2)) return !Everyday::now().is && change(value, chance, how);
        value.clear();
        return true;
    }
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
template <class C> struct OpposeItems {
    static bool at(C &value, Chance &chance, How how) {
        bool done = Everyday::now().is && !how.kept && chance.one_in(2) &&
                    many(value, chance, how, std::integral_constant<bool, CanCopy<C>::value>());
        for (auto &item : value) done = oppose(item, chance, how) || done;
        return done;
    }
    static bool many(C &value, Chance &chance, How how, std::true_type) {
        static const std::size_t sizes[] = {1, 2, 3, 5, 10, 20, 100, 100};
        const std::size_t size = sizes[chance.below(how.depth > 1 ? 4 : 8)];
        if (value.empty()) return false;
        const typename C::value_type first = value.front();
        value.resize(size, first);
        return true;
    }
    static bool many(C &, Chance &, How, std::false_type) { return false; }
};
template <class T, class A> struct Oppose<std::vector<T, A>> : OpposeItems<std::vector<T, A>> {};
template <class T, class A> struct Oppose<std::deque<T, A>> : OpposeItems<std::deque<T, A>> {};
template <class T, class A> struct Oppose<std::list<T, A>> : OpposeItems<std::list<T, A>> {};
template <class K, class T, class C, class A> struct Oppose<std::map<K, T, C, A>> {
    static bool at(std::map<K, T, C, A> &value, Chance &chance, How how) {
        bool done = false;
        for (auto &item : value) done = oppose(item.second, chance, how) || done;
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
    template <class T> void member(const T &value, Role role, int least, int most) {
        if (how.kept && Picking::is_fixed(value, role)) return;
        T &own = const_cast<T &>(value);
        const bool is_negative = Picking::is_below(value, 0);
        done = oppose(own, chance, how) || done;
        if (how.kept && !is_negative) Picking::above(own, chance, 0);
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
