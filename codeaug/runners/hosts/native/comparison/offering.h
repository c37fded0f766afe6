/* The arguments of one call, and others in their place. */
#ifndef CODEAUG_OFFERING_H
#define CODEAUG_OFFERING_H

#include "restoring.h"

namespace codeaug {

template <class T> struct IsChanging : std::false_type {};
template <class T>
struct IsChanging<T *>
    : std::integral_constant<bool, !std::is_const<T>::value && !std::is_function<T>::value> {};

/* Whether an argument is copied to be changed: what is no object of a class of the project. */
template <class T> struct IsCopied
    : std::integral_constant<bool, CanCopy<T>::value && !std::is_array<T>::value && sizeof(of_project<T>(nullptr)) == 1> {};

/* `This` is Nobody where there is no object. */
template <class This, class... P> struct Offer : Rows<P...> {
    typedef typename Rows<P...>::Places Places;
    typedef typename Rows<P...>::All All;
    typedef std::integral_constant<bool, !std::is_const<This>::value && !std::is_same<This, Nobody>::value> Changing;
    This *self;
    using Rows<P...>::names;
    using Rows<P...>::traits;
    using Rows<P...>::places;
    bool is_reached; /* by calls alone, from what is recorded */

    Offer(This *self_, const char *const *names_, int traits_, const Places &places_)
        : Rows<P...>(names_, traits_, places_), self(self_), is_reached(false) {}

    /* Lvalues that may be changed, and in the object's own kind of assignment what is moved from. */
    template <class Q> struct IsOutput
        : std::integral_constant<
              bool, !std::is_const<typename std::remove_reference<Q>::type>::value &&
                        (std::is_lvalue_reference<Q>::value ||
                         (std::is_reference<Q>::value && std::is_same<typename Bare<Q>::type, This>::value)) ||
                        IsChanging<typename Bare<Q>::type>::value> {};

    template <std::size_t... I> void describe(Numbers<I...>) {
        const int counts[] = {0, count<I>()...};
        const int twins[] = {0, (twin<P, I>(Numbers<I...>(), false) ? 1 : 0)...};
        std::string all;
        for (std::size_t i = 0; i < sizeof...(P); i++)
            all += std::to_string(counts[i + 1] + twins[i + 1]) + " ";
        all += std::to_string(fields_of(self)) + " ";
        codeaug_put(all.data(), all.size());
        Words words;
        arguments(words, Numbers<I...>());
    }

    /* --- which arguments may be others ---------------------------------------------------------- */

    /* Whether each call gets arguments of its own, or as they were before, and nothing else is changed. */
    template <std::size_t... I> bool is_apart(Numbers<I...>) {
        const bool own[] = {Restored<This>::can(), (IsOwn<P>::value || this->is_restored(*std::get<I>(places), 0))...};
        return std::find(own, own + sizeof...(P) + 1, false) == own + sizeof...(P) + 1;
    }
    template <class Q, class T = typename Bare<Q>::type> struct IsOwn
        : std::integral_constant<bool, IsCopied<T>::value &&
                                           (!std::is_pointer<T>::value || std::is_same<T, const char *>::value)> {};
    /* Whether other calls may leave something that this one sees. */
    static bool may_remember() {
        const bool outputs[] = {Changing::value, IsOutput<P>::value...};
        return std::find(outputs, outputs + sizeof...(P) + 1, true) != outputs + sizeof...(P) + 1;
    }

    /* Passes the object, or an earlier parameter's, for a reference of that type. */
    template <class Q, std::size_t N, std::size_t... I> bool twin(Numbers<I...>, bool place) {
        bool found = same<Q>(std::get<N>(places), self, place);
        bool each[] = {
            false,
            (I < N && !found && (found = same<Q, P>(std::get<N>(places), std::get<I>(places), place)))...};
        (void)each;
        return found;
    }
    template <class Q, class O> struct Alike
        : std::integral_constant<bool, std::is_reference<Q>::value && std::is_lvalue_reference<O>::value &&
                                           std::is_same<typename Bare<Q>::type, typename Bare<O>::type>::value> {};
    template <class Q, class O = This &, class T, class U> bool same(T *&place, U *other, bool do_it) const {
        typedef std::integral_constant<bool, Alike<Q, O>::value && std::is_convertible<U *, T *>::value> May;
        if (std::is_rvalue_reference<Q>::value && !(traits & ASKS_FOR_SELF)) return false;
        if (do_it) return put(place, other, May());
        return May::value && static_cast<const volatile void *>(place) != other;
    }
    template <class T, class U> static bool put(T *&place, U *other, std::true_type) {
        place = other;
        return true;
    }
    template <class T, class U> static bool put(T *&, U *, std::false_type) { return false; }

    /* --- what they are -------------------------------------------------------------------------- */

    template <std::size_t... I> void arguments(Words &to, Numbers<I...>) {
        to.follows = true;
        to.places = 0; /* what was described before another call may have changed */
        object(to, self, is_reached ? "*this (reached)" : "*this");
        int each[] = {0, (argument<I>(to), 0)...};
        (void)each;
        to.follows = false;
    }
    template <std::size_t N> void argument(Words &to) {
        to.place(names[N]);
        if (static_cast<const volatile void *>(std::get<N>(places)) == self || is_twin<N>(All()))
            to.word("(the same object)");
        row_or_value(to, *std::get<N>(places), this->template row<N>(), 0);
    }
    template <class T> static auto row_or_value(Words &to, T *const &value, Row row, int) ->
        typename std::enable_if<!IsLetter<T>::value && (IsPlain<T>::value || IsRecord<T>::value)>::type {
        if (!row.is_said) return read(to, value);
        to.address(value);
        to.word("[");
        for (std::size_t i = 0; i < row.size && i < TOLD_OF_ROW; i++) read(to, value[i]);
        to.word("]");
    }
    template <class T> static void row_or_value(Words &to, const T &value, Row, long) { read(to, value); }
    template <std::size_t N, std::size_t... I> bool is_twin(Numbers<I...>) {
        for (bool each : {false, (I < N && static_cast<const volatile void *>(std::get<N>(places)) ==
                                               static_cast<const volatile void *>(std::get<I>(places)))...})
            if (each) return true;
        return false;
    }
    static void object(Words &, Nobody *, const char *) {}
    template <class T> static void object(Words &to, T *self, const char *name) {
        to.place(name);
        to.visit(self, &kind<typename std::remove_cv<T>::type>);
        read(to, *self);
    }
    static void changes_of(Words &, const void *) {}
    template <class T>
    static typename std::enable_if<!std::is_const<T>::value && !std::is_same<T, Nobody>::value>::type
    changes_of(Words &to, T *self) {
        int before = to.seen;
        object(to, self, "*this");
        if (to.seen == before) to.word("=opaque *this");
    }

    /* --- others --------------------------------------------------------------------------------- */

    /* A text that is free is another one; of what else is pointed to only what is there is changed. */
    template <std::size_t N> int count() {
        typedef typename Bare<typename std::tuple_element<N, std::tuple<P...>>::type>::type Plain;
        if (this->kind_of(N) == TEXT && this->is_free(N)) return Others<Plain>::count(*std::get<N>(places), false);
        return Behind<Plain>::count(const_cast<Plain &>(*std::get<N>(places)), this->template row<N>(), this->measures(N));
    }
    /* The object's own members are counted behind the parameters. */
    static int fields_of(Nobody *) { return 0; }
    template <class T> static int fields_of(T *self) { return Members<T>::count(*self); }
    static bool put_field(Nobody *, const int *) { return false; }
    template <class T> static bool put_field(T *self, const int *changes) {
        const int at = changes[0] == static_cast<int>(sizeof...(P)) ? 0 : 2;
        return changes[at] == static_cast<int>(sizeof...(P)) && Members<T>::put(*self, changes[at + 1]);
    }
    /* How many there are in each of the arguments. */
    template <std::size_t... I> void measure(Numbers<I...>) {
        Sizes::all().count = 0;
        const bool each[] = {false, (Sizes::all().take(*std::get<I>(places), 0), false)...};
        (void)each;
        measure_object(self);
    }
    static void measure_object(Nobody *) {}
    template <class T> static void measure_object(T *self) { pick_members(Sizes::all(), *self); }
    template <class Q, std::size_t N> bool replace(const int *changes) {
        typedef typename Bare<Q>::type Plain;
        bool done = false;
        for (int at = 0; at < 4; at += 2) {
            if (changes[at] != static_cast<int>(N)) continue;
            const int which = changes[at + 1] - (twin<Q, N>(All(), false) ? 1 : 0);
            auto &place = std::get<N>(places);
            if (which < 0) done = twin<Q, N>(All(), true);
            else if (this->kind_of(N) != TEXT || !this->is_free(N)) done = Behind<Plain>::put(place, this->template own_row<N>(), which, this->measures(N)) || done;
            else done = (place = Others<Plain>::made(*place, which, false));
        }
        return done;
    }

    /* One or two of the arguments and the object, each some times; or two that are nearly the same. */
    template <std::size_t... I> bool stir(Numbers<I...> all, Chance &chance, bool keeps_object = false) {
        const std::size_t known = sizeof...(P) + (std::is_same<This, Nobody>::value || keeps_object ? 0 : 1);
        bool done = known && chance.one_in(3) && oppose_all(all, chance, keeps_object);
        if (done || !known) return done;
        for (int more = chance.between(1, 2); more; more--) {
            std::size_t which = chance.below(known);
            int times = chance.between(1, 4);
            bool each[] = {which == sizeof...(P) && stir_object(self, chance),
                           (I == which && !this->measures(I) && stir_one<I>(chance, times))...};
            for (bool one : each) done = done || one;
        }
        int likens = traits & OVERLAPS ? 2 : chance.one_in(4);
        for (; known > 1 && likens; likens--) {
            std::size_t from = chance.below(known), to = chance.below(sizeof...(P));
            bool each[] = {false, (I == to && !this->measures(I) && this->is_free(I) && liken<P, I>(All(), from, chance))...};
            for (bool one : each) done = done || one;
        }
        return done;
    }
    template <std::size_t N> bool stir_one(Chance &chance, int times) {
        typedef typename std::tuple_element<N, Places>::type Place;
        typedef typename std::remove_cv<typename std::remove_pointer<Place>::type>::type Plain;
        const bool is_whole = this->kind_of(N) == TEXT && this->is_free(N);
        const Row row = is_whole ? Row{0, false} : this->template own_row<N>();
        Plain *own = own_one<Plain>(std::get<N>(places), IsCopied<Plain>());
        const bool sorts = is_ordered(*own, 0) && chance.one_in(2);
        bool done = false;
        for (; times; times--)
            done = (is_whole ? change(*own, chance, How{0, false}) : Behind<Plain>::stir(*own, row, chance)) || done;
        if (sorts) put_in_order(*own, 0);
        std::get<N>(places) = own;
        return done;
    }
    template <class T, class U> static T *own_one(U *place, std::true_type) { return new T(*place); }
    template <class T, class U> static T *own_one(U *place, std::false_type) { return const_cast<T *>(place); }
    /* What a call may change or move from, where others come behind it. */
    template <std::size_t... I> void own_all(Numbers<I...>) {
        const bool each[] = {false, (own_place<I, P>(), false)...};
        (void)each;
    }
    template <std::size_t N, class Q> void own_place() {
        typedef typename std::remove_reference<Q>::type Type;
        typedef typename std::remove_cv<Type>::type Plain;
        if (std::is_lvalue_reference<Q>::value && std::is_const<Type>::value) return;
        std::get<N>(places) = own_one<Plain>(std::get<N>(places), IsCopied<Plain>());
    }
    /* Several at once. */
    template <std::size_t... I> bool oppose_all(Numbers<I...>, Chance &chance, bool keeps_object) {
        Everyday::choose(chance);
        const bool each[] = {!keeps_object && oppose_object(self, chance), (!this->measures(I) && oppose_one<I>(chance))...};
        return std::find(each, each + sizeof...(P) + 1, true) != each + sizeof...(P) + 1;
    }
    template <std::size_t N> bool oppose_one(Chance &chance) {
        typedef typename std::tuple_element<N, Places>::type Place;
        typedef typename std::remove_cv<typename std::remove_pointer<Place>::type>::type Plain;
        Plain *own = own_one<Plain>(std::get<N>(places), IsCopied<Plain>());
        std::get<N>(places) = own;
        const bool sorts = is_ordered(*own, 0) && chance.one_in(2);
        const bool done = oppose(*own, chance, How{0, false});
        if (sorts) put_in_order(*own, 0);
        return done;
    }
    static bool oppose_object(Nobody *, Chance &) { return false; }
    template <class T> static bool oppose_object(T *self, Chance &chance) {
        return oppose(const_cast<typename std::remove_cv<T>::type &>(*self), chance, How{0, false});
    }
    static bool stir_object(Nobody *, Chance &) { return false; }
    template <class T> static bool stir_object(T *self, Chance &chance) {
        return change(const_cast<typename std::remove_cv<T>::type &>(*self), chance, How{0, false});
    }
    template <class Q, std::size_t N, std::size_t... I>
    bool liken(Numbers<I...>, std::size_t from, Chance &chance) {
        bool each[] = {false, (I == from && I != N &&
                               liken_one<Q>(std::get<N>(places), *std::get<I>(places), chance, 0))...,
                       from == sizeof...(P) && liken_one<Q>(std::get<N>(places), *self, chance, 0)};
        for (bool one : each)
            if (one) return true;
        return false;
    }
    /* An equal value, or nearly. */
    template <class Q, class T>
    auto liken_one(T *&place, const T &other, Chance &chance, int) ->
        typename std::enable_if<IsCopied<typename std::remove_cv<T>::type>::value && !std::is_pointer<T>::value, bool>::type {
        typedef typename std::remove_cv<T>::type Plain;
        Plain *own = new Plain(other);
        for (int more = chance.between(0, 3); more; more--) change(*own, chance, How{0, false});
        place = own;
        return true;
    }
    /* The same state, of an object of its own. */
    template <class Q, class T, class O>
    auto liken_one(T *&place, const O &other, Chance &chance, int) ->
        typename std::enable_if<std::is_same<typename std::remove_cv<T>::type, O>::value && std::is_class<O>::value && !IsCopied<O>::value && CanCopy<O>::value &&
                                    std::is_copy_assignable<O>::value && !std::is_polymorphic<O>::value, bool>::type {
        O &own = const_cast<O &>(*place);
        if (&own == &other) return false;
        own = other;
        change(own, chance, How{0, false});
        return true;
    }
    /* One of the items. */
    template <class Q, class T, class Item>
    auto liken_one(T *&place, const std::vector<Item> &items, Chance &chance, int) ->
        typename std::enable_if<std::is_same<typename std::remove_cv<T>::type, Item>::value && IsCopied<Item>::value &&
                                    !std::is_same<Item, bool>::value, bool>::type {
        if (items.empty()) return false;
        const Item &item = items[chance.below(items.size())];
        const bool itself = std::is_same<Q, const Item &>::value && (traits & OVERLAPS);
        place = itself ? const_cast<Item *>(&item) : new Item(item);
        return true;
    }
#if __cplusplus >= 201703L
    /* A part of the text. */
    template <class Q, class T>
    auto liken_one(T *&place, const std::string &text, Chance &chance, int) ->
        typename std::enable_if<std::is_same<typename std::remove_cv<T>::type, std::string_view>::value, bool>::type {
        const std::string &from = (traits & OVERLAPS) ? text : lasting(text);
        place = new std::string_view(from.data() + chance.below(from.size() + 1), 0);
        std::size_t most = static_cast<std::size_t>(from.data() + from.size() - place->data());
        *place = std::string_view(place->data(), std::min<std::size_t>(most, chance.below(4)));
        return true;
    }
#endif
    template <class Q, class T, class U> bool liken_one(T *&, const U &, Chance &, long) { return false; }
};

} // namespace codeaug
#endif
