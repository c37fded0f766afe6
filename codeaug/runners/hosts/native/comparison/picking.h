/* Which members of an object can be changed. */
#ifndef CODEAUG_PICKING_H
#define CODEAUG_PICKING_H

#include "likening.h"

namespace codeaug {

/* Counts the members that can be changed, and changes the one that is `wanted`: to its other value
 * of the number `value`, or by chance. */
struct Picking {
    Chance &chance;
    How how;
    int wanted, value, seen;
    bool done, points, has_numbers, tells_places, is_measured;
    long long largest; /* of what tells of places and sizes */
    Picking(Chance &from, How how_)
        : chance(from), how(how_), wanted(-1), value(-1), seen(0), done(false), points(false),
          has_numbers(false), tells_places(false), is_measured(false), largest(0) {}
    /* Where members tell of places and sizes, nobody knows how many numbers a pointer points to; nor
     * is more there than the largest of them says. */
    template <class T> static Picking of(T &object, Chance &chance, How how, int value = -1) {
        Picking all(chance, how), known(chance, how);
        pick_members(all, object);
        known.value = value;
        known.points = all.points;
        known.is_measured = all.has_numbers && all.tells_places;
        known.largest = all.largest;
        pick_members(known, object);
        return known;
    }
    template <class T> bool pick(T &object, int wanted_, int value_ = -1) {
        seen = 0;
        wanted = wanted_;
        value = value_;
        pick_members(*this, object);
        return done;
    }
    /* `least` and `most` are what a number may be, where that is said. */
    template <class T> void member(const T &of, Role role, int least, int most) {
        const bool is_place = role == ROLE_PLACE;
        typedef typename std::remove_pointer<T>::type Pointed;
        const bool is_numbers = std::is_pointer<T>::value && std::is_arithmetic<Pointed>::value;
        has_numbers = has_numbers || is_numbers;
        tells_places = tells_places || (is_place && (is_numbers || std::is_integral<T>::value));
        if (is_place) largest = std::max(largest, whole(of, 0));
        points = points || (std::is_pointer<T>::value && !std::is_const<Pointed>::value);
        if (how.kept && is_fixed(of, role)) return;
        if ((is_measured && is_numbers) || (value >= 0 && !IsScalar<T>::value)) return;
        if (seen++ != wanted) return;
        T &own = const_cast<T &>(of);
        const bool is_negative = is_below(of, 0);
        done = value < 0 ? change(own, chance, how) : put(own, 0);
        if (value < 0 && how.kept && !is_negative) above(own, chance, 0);
        if (least < most) within(chance, own, least, most, 0);
        if (is_measured && is_place) within(chance, own, 0, largest, 0);
    }
    template <class T> auto put(T &own, int) const -> typename std::enable_if<IsScalar<T>::value, bool>::type {
        if (value >= Others<T>::count(own, false)) return false;
        own = *Others<T>::made(own, value, false);
        return true;
    }
    template <class T> bool put(T &, long) const { return false; }
    template <class T>
    static auto within(Chance &chance, T &of, long long least, long long most, int) -> typename std::enable_if<std::is_integral<T>::value>::type {
        const auto wide = static_cast<long long>(of);
        if (wide < least || wide > most) of = static_cast<T>(least + chance.below(static_cast<unsigned long long>(most - least + 1)));
    }
    template <class T> static void within(Chance &, T &, long long, long long, long) {}
    /* What is not negative in an object stays so, mostly: else the input hardly ever counts. */
    template <class T> static auto is_below(const T &of, int) -> typename std::enable_if<std::is_arithmetic<T>::value, bool>::type { return of < T(); }
    template <class T> static bool is_below(const T &, long) { return true; }
    template <class T> static auto above(T &of, Chance &chance, int) -> typename std::enable_if<std::is_arithmetic<T>::value>::type {
        if (is_below(of, 0) && !chance.one_in(8)) of = of == std::numeric_limits<T>::lowest() ? std::numeric_limits<T>::max() : static_cast<T>(-of);
    }
    template <class T> static void above(T &, Chance &, long) {}
    template <class T>
    static auto whole(const T &of, int) -> typename std::enable_if<std::is_integral<T>::value, long long>::type {
        return static_cast<long long>(of);
    }
    template <class T> static long long whole(const T &, long) { return 0; }
    /* What tells about other members, most likely. */
    template <class T> static bool is_fixed(const T &, Role role) {
        const bool counts = role == ROLE_PLACE || (role == ROLE_PLAIN && std::is_unsigned<T>::value);
        return std::is_pointer<T>::value || std::is_same<T, bool>::value || (std::is_integral<T>::value && counts);
    }
};

/* Members of an object in turn, each with its first other values. */
template <class T> struct Members {
    enum { VALUES = 40 };
    static int count(T &of) { return VALUES * picking(of).seen; }
    static bool put(T &of, int which) {
        Picking found = picking(of);
        const int all = found.seen;
        return all && found.pick(of, which % all, which / all);
    }
    static Picking picking(T &of) {
        static Chance none(0);
        return Picking::of(of, none, How{0, !__is_aggregate(T)}, 0);
    }
};

} // namespace codeaug
#endif
