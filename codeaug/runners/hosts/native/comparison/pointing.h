/* What plain pointers point to, changed where it lies: what else points there sees it, too. */
#ifndef CODEAUG_POINTING_H
#define CODEAUG_POINTING_H

#include "stirring.h"

namespace codeaug {

/* A number, or where numbers end: what says how many a pointer before it points to. */
struct Number {
    long long count;
    const volatile void *end;
};
template <class T>
typename std::enable_if<std::is_integral<T>::value, Number>::type number(const T &value, int) {
    return {static_cast<long long>(value), nullptr};
}
template <class T>
typename std::enable_if<std::is_arithmetic<T>::value, Number>::type number(T *const &value, int) {
    return {0, value};
}
template <class T> Number number(const T &, long) { return {0, nullptr}; }

/* How much a pointer is known to point to. */
struct Row {
    std::size_t size;
    bool is_said; /* by another argument */
};
enum { LONGEST_ROW = 1024, TOLD_OF_ROW = 64 };

/* A number or a text's address. */
template <class T> struct IsPlain
    : std::integral_constant<bool, (std::is_arithmetic<T>::value || std::is_enum<T>::value ||
                                    std::is_same<typename std::remove_cv<T>::type, const char *>::value) &&
                                       !std::is_volatile<T>::value> {};
template <class T> struct IsLetter : std::is_same<typename std::remove_cv<T>::type, char> {};
template <class T> struct IsRecord
    : std::integral_constant<bool, IsKnownClass<T>::value && !std::is_volatile<T>::value> {};

/* Whether its bytes are all there is of it. */
template <class T, bool = IsRecord<T>::value> struct IsFlat : IsPlain<T> {};
template <class T> struct IsFlat<T, true> : std::is_trivially_copyable<T> {};

/* The bytes of what is changed where it lies: one fork may look at many inputs. */
struct Kept {
    void *at;
    std::string bytes;
    static std::vector<Kept> &all() {
        static std::vector<Kept> *kept = new std::vector<Kept>();
        return *kept;
    }
    template <class T> static auto keep(T *at, std::size_t count) -> typename std::enable_if<IsFlat<T>::value>::type {
        all().push_back({at, std::string(reinterpret_cast<const char *>(at), count * sizeof(T))});
    }
    template <class T> static auto keep(T *, std::size_t) -> typename std::enable_if<!IsFlat<T>::value>::type {}
    static void put_back() {
        for (; !all().empty(); all().pop_back()) all().back().put();
    }
    static void put(std::size_t from, std::size_t to) {
        for (; from < to; from++) all()[from].put();
    }
    void put() const { std::memcpy(at, bytes.data(), bytes.size()); }
};
template <class T> bool may_change(T *at, std::size_t count) {
    if (!codeaug_can_write(at, count * sizeof(T))) return false;
    Kept::keep(at, count);
    return true;
}

/* In objects a pointer is followed to one object or number; where it points to stays. */
template <class T> struct Change<T *, typename std::enable_if<!std::is_same<T, const char>::value>::type> {
    typedef typename std::remove_cv<T>::type Plain;
    typedef std::integral_constant<bool, IsRecord<T>::value || (IsPlain<T>::value && !IsLetter<T>::value)> Is;
    static bool at(T *&value, Chance &chance, How how) { return at(value, chance, how, Is()); }
    static bool at(T *&value, Chance &chance, How how, std::true_type) {
        Plain *place = const_cast<Plain *>(value);
        return value && may_change(place, 1) && change(*place, chance, how);
    }
    static bool at(T *&, Chance &, How, std::false_type) { return false; }
};
template <class T, class D> struct Change<std::unique_ptr<T, D>> {
    static bool at(std::unique_ptr<T, D> &value, Chance &chance, How how) {
        if (!how.kept && value && chance.one_in(8)) return renew(value, false, IsMade<T, D>());
        if (!how.kept && !value && renew(value, true, IsMade<T, D>())) return change(*value, chance, how), true;
        return value && change(const_cast<typename std::remove_cv<T>::type &>(*value), chance, how);
    }
    template <class U, class E> struct IsMade
        : std::integral_constant<bool, std::is_default_constructible<U>::value && !std::is_abstract<U>::value &&
                                           std::is_same<E, std::default_delete<U>>::value && !std::is_array<U>::value> {};
    static bool renew(std::unique_ptr<T, D> &value, bool full, std::true_type) {
        value.reset(full ? new T() : nullptr);
        return true;
    }
    static bool renew(std::unique_ptr<T, D> &, bool, std::false_type) { return false; }
};
template <class T> struct Change<std::shared_ptr<T>> {
    static bool at(std::shared_ptr<T> &value, Chance &chance, How how) {
        return value && change(const_cast<typename std::remove_cv<T>::type &>(*value), chance, how);
    }
};

/* --- arguments: what they point to, the members of records ------------------------------------------ */

/* Whether a class is the project's: `Change` knows the library's. */
template <class T> char (&of_project(typename Change<T>::OfProject *))[2];
template <class T> char of_project(...);

/* Members of a record in turn, each with its first other values. */
template <class T, bool = IsRecord<T>::value> struct Fields {
    static int count(T &) { return 0; }
    static bool put(T &, int) { return false; }
    static bool points(T &) { return false; }
};
template <class T> struct Fields<T, true> {
    enum { IS = __is_aggregate(T) && sizeof(of_project<T>(nullptr)) == 2 };
    static int count(T &of) { return IS ? Members<T>::count(of) : 0; }
    static bool put(T &of, int which) { return IS && Members<T>::put(of, which); }
    static bool points(T &of) { return Members<T>::picking(of).points; }
};

/* The other values of what lies there. A text keeps its length, which may be known elsewhere. */
template <class T> struct Values {
    static int count(T &of, bool less) { return Others<T>::count(of, less) + Fields<T>::count(of); }
    static bool put(T &of, int which, bool less) {
        const int whole = Others<T>::count(of, less);
        if (which >= whole) return Fields<T>::put(of, which - whole);
        return set(of, *Others<T>::made(of, which, less), std::integral_constant<bool, CanCopy<T>::value && std::is_copy_assignable<T>::value>());
    }
    static bool set(T &of, const T &other, std::true_type) {
        if (is_end(other)) return false;
        of = other;
        return true;
    }
    static bool set(T &, const T &, std::false_type) { return false; }

  private:
    static bool is_end(char letter) { return letter == 0; }
    template <class U> static bool is_end(const U &) { return false; }
};

/* `which` counts other values of an argument; those of a row are tried in turn at each of its places. */
template <class T> struct Behind {
    static int count(T &value, Row, bool less) { return Values<T>::count(value, less); }
    template <class Q> static bool put(Q *&place, Row, int which, bool less) {
        const int whole = Others<T>::count(*place, less);
        if (which < whole) return place = Others<T>::made(*place, which, less), true;
        T &of = const_cast<T &>(*place);
        return may_change(&of, 1) && Fields<T>::put(of, which - whole);
    }
    static bool stir(T &value, Row, Chance &chance) { return change(value, chance, How{0, false}); }
};
template <class T> struct Behind<T *> {
    typedef typename std::remove_cv<T>::type Plain;
    typedef std::integral_constant<bool, IsPlain<T>::value || IsRecord<T>::value> Is;
    static int count(T *const &value, Row row, bool less) { return count(value, row, less, Is()); }
    template <class Q> static bool put(Q *&place, Row row, int which, bool less) {
        const int nulls = IsRecord<T>::value && *place ? 1 : 0;
        if (which < nulls) return place = new Q(nullptr), true;
        return row.size && put(*place, row.size, which - nulls, less, Is());
    }
    static bool stir(T *const &value, Row row, Chance &chance) { return row.size && stir(value, row.size, chance, Is()); }

  private:
    static int count(T *value, Row row, bool less, std::true_type) {
        const int nulls = IsRecord<T>::value && value ? 1 : 0;
        return nulls + (row.size ? Values<Plain>::count(const_cast<Plain &>(*value), less) : 0);
    }
    static bool put(T *value, std::size_t size, int which, bool less, std::true_type) {
        Plain *at = const_cast<Plain *>(value) + static_cast<std::size_t>(which) % size;
        return may_change(at, 1) && Values<Plain>::put(*at, which, less);
    }
    static bool stir(T *value, std::size_t size, Chance &chance, std::true_type) {
        Plain *first = const_cast<Plain *>(value);
        return may_change(first, size) && stir_row(first, size, chance, std::integral_constant<bool, IsPlain<T>::value>());
    }
    static bool stir_row(Plain *first, std::size_t size, Chance &chance, std::false_type) {
        return change(first[chance.below(size)], chance, How{0, false});
    }
    static bool stir_row(Plain *first, std::size_t size, Chance &chance, std::true_type) {
        const bool sorts = size > 1 && std::is_sorted(first, first + size, is_less<Plain>) && chance.one_in(2);
        const bool done = stir_items(first, size, chance);
        if (sorts) std::stable_sort(first, first + size, is_less<Plain>);
        return done;
    }
    template <class U> static bool is_less(const U &a, const U &b) { return smaller(a, b, 0); }
    static bool stir_items(Plain *at, std::size_t size, Chance &chance) {
        const std::size_t one = chance.below(size), other = chance.below(size);
        Plain changed = at[one];
        switch (size > 1 ? chance.below(8) : 7) {
        case 0: std::reverse(at, at + size); return true;
        case 1: std::rotate(at, at + one, at + size); return one != 0;
        case 2: std::swap(at[one], at[other]); return one != other;
        case 3: at[one] = at[other]; return one != other;
        default: return change(changed, chance, How{0, false}) && Values<Plain>::set(at[one], changed, std::true_type());
        }
    }
    static int count(T *, Row, bool, std::false_type) { return 0; }
    static bool put(T *, std::size_t, int, bool, std::false_type) { return false; }
    static bool stir(T *, std::size_t, Chance &, std::false_type) { return false; }
};

/* A read-only row is copied; its other pointers, in `places`, are to point there as well. */
template <class T> T *copied(T *at, std::size_t size) {
    enum { BEYOND = 256 };
    typedef typename std::remove_cv<T>::type Plain;
    std::size_t bytes = size * sizeof(T);
    Plain *own = static_cast<Plain *>(std::calloc(1, bytes + BEYOND));
    if (own) std::memcpy(own, at, bytes + (codeaug_can_read(at, bytes + BEYOND) ? std::size_t(BEYOND) : 0));
    return own;
}
/* Where what lay behind `from` lies now. */
struct Shift {
    const volatile char *from;
    std::size_t bytes;
    std::ptrdiff_t by;
    template <class Q> auto move(Q *&place, int) const ->
        typename std::enable_if<std::is_pointer<Q>::value && !std::is_function<typename std::remove_pointer<Q>::type>::value>::type {
        const volatile char *at = reinterpret_cast<const volatile char *>(*place);
        if (at < from || at >= from + bytes) return;
        typedef typename std::remove_cv<Q>::type Pointer;
        place = new Q(reinterpret_cast<Pointer>(reinterpret_cast<std::uintptr_t>(*place) + static_cast<std::uintptr_t>(by)));
    }
    template <class Q> void move(Q *&, long) const {}
};

} // namespace codeaug
#endif
