/* What pointers among the arguments point to, and how much of it. */
#ifndef CODEAUG_ROWS_H
#define CODEAUG_ROWS_H

#include "lending.h"

namespace codeaug {

/* What the unit's text tells: whether a parameter may say where another one's text ends; whether it
 * asks if an argument is the object itself; whether it catches exceptions; whether its comment says
 * that an argument may be a part of another one; whether a text has static variables; from COUNTS
 * on one for each parameter: whether it is called as numbers are that count. */
enum Trait { SPANS = 1, ASKS_FOR_SELF = 2, CATCHES = 4, OVERLAPS = 8, STATICS = 16, COUNTS = 32 };

template <class T> struct Bare {
    typedef typename std::remove_cv<typename std::remove_reference<T>::type>::type type;
};

template <class... P> struct Rows {
    typedef std::tuple<typename std::remove_reference<P>::type *...> Places;
    typedef typename Count<sizeof...(P)>::type All;
    const char *const *names;
    int traits;
    Places places;
    Rows(const char *const *names_, int traits_, const Places &places_) : names(names_), traits(traits_), places(places_) {}

    /* --- what the parameters are ---------------------------------------------------------------- */

    /* The kind of a parameter; OTHER before the first and behind the last. */
    static Kind kind_of(std::size_t number) {
        const Kind kinds[] = {Others<typename Bare<P>::type>::kind()..., OTHER};
        return number < sizeof...(P) ? kinds[number] : OTHER;
    }
    static bool is_pointer(std::size_t number) {
        const bool are[] = {std::is_pointer<typename Bare<P>::type>::value..., false};
        return number < sizeof...(P) && are[number];
    }
    /* Whether it is called like a number of how many there are. */
    bool counts(std::size_t number) const { return number < sizeof...(P) && (traits / COUNTS >> number & 1); }
    /* Whether a number, or one that is pointed to, may be the length of what a pointer beside it points to. */
    bool measures(std::size_t number) const {
        const bool integers[] = {std::is_integral<typename std::remove_pointer<typename Bare<P>::type>::type>::value..., false};
        if (!integers[number]) return false;
        for (std::size_t beside : {number - 1, number + 1}) {
            const Kind kind = kind_of(beside);
            if (kind == BUFFER || kind == TEXT) return kind_of(number) == INTEGER || kind_of(number) == POINTER;
            if (kind == POINTER && kind_of(number) == INTEGER) return true;
            if (is_pointer(beside) && counts(number)) return true;
        }
        return false;
    }
    /* Whether a text may be another: nothing measures it, and it is not copied into a buffer. */
    bool is_free(std::size_t number) const {
        if (kind_of(number) != TEXT) return true;
        if ((traits & SPANS) || kind_of(number - 1) == INTEGER || kind_of(number + 1) == INTEGER) return false;
        for (std::size_t i = 0; i < sizeof...(P); i++)
            if (kind_of(i) == BUFFER) return false;
        return true;
    }
    /* --- what pointers point to ----------------------------------------------------------------- */

    template <std::size_t N> Row row() { return row_of<N>(*std::get<N>(places), 0); }
    template <std::size_t N, class T> auto row_of(T *const &value, int) ->
        typename std::enable_if<IsPlain<T>::value || IsRecord<T>::value, Row>::type {
        if (!value) return {0, false};
        Row found = said(N, sizeof(T), All());
        found.size = std::min<std::size_t>(found.size, LONGEST_ROW);
        if (!codeaug_can_read(const_cast<const typename std::remove_cv<T>::type *>(value), found.size * sizeof(T))) found.size = 0;
        return cut(value, found);
    }
    template <std::size_t N, class T> static Row row_of(const T &, long) { return {0, false}; }
    /* One, or as many as the arguments say: where it ends, or a count behind it or before it. */
    template <std::size_t... I> Row said(std::size_t at, std::size_t size, Numbers<I...>) {
        void (*const kinds[])() = {&kind<typename Bare<P>::type>..., nullptr};
        const bool constants[] = {std::is_const<typename std::remove_pointer<typename Bare<P>::type>::type>::value..., false};
        const Number numbers[] = {number(*std::get<I>(places), 0)..., Number()};
        const volatile void *pointers[] = {address(*std::get<I>(places), 0)..., nullptr};
        if ((traits & SPANS) && at && kinds[at - 1] == kinds[at]) return {0, true};
        if ((traits & SPANS) && kinds[at + 1] == kinds[at]) {
            const std::ptrdiff_t bytes = static_cast<const volatile char *>(pointers[at + 1]) - static_cast<const volatile char *>(pointers[at]);
            return {bytes > 0 ? static_cast<std::size_t>(bytes) / size : 0, true};
        }
        std::size_t behind = at + 1;
        while (kinds[behind] == kinds[at] && constants[at]) behind++;
        const bool before = at && !(at > 1 && is_pointer(at - 2)) && !is_count(behind);
        const std::size_t count = before ? at - 1 : behind;
        if (!is_count(count)) return {1, false};
        return {numbers[count].count > 0 ? static_cast<std::size_t>(numbers[count].count) : 0, true};
    }
    bool is_count(std::size_t number) const { return kind_of(number) == INTEGER && counts(number); }
    template <class T> static auto address(T *const &value, int) -> typename std::enable_if<!std::is_function<T>::value, const volatile void *>::type { return value; }
    template <class T> static const volatile void *address(const T &, long) { return nullptr; }
    /* A text as far as its end; where nothing says how long it is, only what looks like one. */
    static Row cut(const char *value, Row row) {
        const std::string text = Others<const char *>::text(value);
        if (row.is_said) return {std::min(row.size, text.size()), true};
        const bool is_text = std::all_of(text.begin(), text.end(), [](char letter) {
            return static_cast<unsigned char>(letter) >= ' ' || std::strchr("\t\n\r", letter);
        });
        return {is_text ? text.size() : 0, false};
    }
    static Row cut(const volatile void *, Row row) { return row; }

    /* A read-only row is copied, for all arguments that point to it. */
    template <std::size_t N> Row own_row() {
        const Row found = row<N>();
        if (found.size) own(*std::get<N>(places), found.size, All(), 0);
        return found;
    }
    template <class T, std::size_t... I> auto own(T *const &value, std::size_t size, Numbers<I...>, int) ->
        typename std::enable_if<IsFlat<T>::value>::type {
        typedef typename std::remove_cv<T>::type Plain;
        Plain *at = const_cast<Plain *>(value);
        if (codeaug_can_write(at, size * sizeof(T))) return;
        Plain *copy = copied(at, size);
        if (!copy) return;
        const Shift shift = {reinterpret_cast<const volatile char *>(at), size * sizeof(T),
                             reinterpret_cast<const volatile char *>(copy) - reinterpret_cast<const volatile char *>(at)};
        const bool each[] = {false, (shift.move(std::get<I>(places), 0), false)...};
        (void)each;
    }
    template <class T, std::size_t... I> static void own(const T &, std::size_t, Numbers<I...>, long) {}

    /* --- what is as it was before ---------------------------------------------------------------- */

    /* Whether all that a call can change is put back behind it. */
    template <class T> static auto is_restored(T *const &value, int) -> typename std::enable_if<IsFlat<T>::value, bool>::type {
        return !value || is_restored(*value, 0);
    }
    template <class T> static auto is_restored(T &value, int) -> typename std::enable_if<IsFlat<T>::value && !std::is_pointer<T>::value, bool>::type {
        typedef typename std::remove_cv<T>::type Plain;
        return std::is_const<T>::value || !IsRecord<T>::value || !Fields<Plain>::points(const_cast<Plain &>(value));
    }
    template <class T> static bool is_restored(const T &, long) { return false; }
    /* Keeps what a call may change, or of it what has a length: that is for what is there now. */
    template <std::size_t... I> std::size_t keep(Numbers<I...>, bool rows) {
        const bool each[] = {false, (keep_one<I>(*std::get<I>(places), rows, 0), false)...};
        (void)each;
        return Kept::all().size();
    }
    template <std::size_t N, class T> auto keep_one(T *const &value, bool rows, int) -> typename std::enable_if<IsFlat<T>::value && !std::is_const<T>::value>::type {
        const Row row = this->row<N>();
        if (row.size && (!rows || row.is_said || IsLetter<T>::value)) may_change(value, row.size);
    }
    template <std::size_t N, class T> auto keep_one(T &value, bool rows, int) -> typename std::enable_if<IsRecord<T>::value && IsFlat<T>::value && !std::is_const<T>::value>::type {
        if (!rows) may_change(&value, 1);
    }
    template <std::size_t N, class T> void keep_one(const T &, bool, long) {}
};

} // namespace codeaug
#endif
