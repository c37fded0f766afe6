/* One call of the unit in a fork: its arguments, what it comes to, what is changed then. */
#ifndef CODEAUG_ACTING_H
#define CODEAUG_ACTING_H

#include "offering.h"
#include "resulting.h"

namespace codeaug {

/* A variable of the unit's file. */
template <class T> void shared(Words &to, const char *name, const T &value) {
    to.place(name);
    read(to, value);
}

/* The beginning of a text for an earlier call, and what is left of it for this one. */
template <class Q> auto halve(Q *&front, Q *&back, Chance &chance, int) ->
    typename std::enable_if<IsText<typename std::remove_cv<Q>::type>::value, bool>::type {
    typedef typename std::remove_cv<Q>::type Text;
    const std::string all(back->data(), back->size());
    const std::size_t at = chance.below(all.size() + 1);
    front = new Text(lasting(all.substr(0, at)));
    back = new Text(lasting(all.substr(at)));
    return true;
}
template <class Q> bool halve(Q *&, Q *&, Chance &, long) { return false; }

/* `Call` takes the parameters as they are declared; `This` is Nobody where there is no object. */
template <class R, class Call, class This, class... P> struct Act : Offer<This, P...> {
    typedef Offer<This, P...> Offering;
    typedef typename Offering::All All;
    Call &call;
    void (*shared)(Words &);
    using Offering::names;
    using Offering::places;
    using Offering::self;

    Act(Call &call_, void (*shared_)(Words &), const Offering &offered)
        : Offering(offered), call(call_), shared(shared_) {}

    static void run(void *given, const codeaug_input *input, int who) {
        Act &act = *static_cast<Act *>(given);
        const typename Offering::Places kept = act.places;
        if (codeaug_scans()) {
            Restored<This>::keep(act.self);
            act.own_all(All());
        }
        act.keep(All(), false);
        act.measure(All());
        if (!input) act.describe(All());
        else act.go(All(), *input, who);
        act.places = kept;
        Kept::put_back();
        if (codeaug_scans()) Restored<This>::put_back();
    }

    template <std::size_t... I> void go(Numbers<I...> all, const codeaug_input &input, int who) {
        Words words;
        Chance chance(input.chance);
        is_modest() = input.modest != 0;
        Everyday::forget();
        bool other = !input.chance && input.changes[0] < 0;
        const bool changed[] = {false, this->template replace<P, I>(input.changes)...};
        for (bool one : changed) other = other || one;
        other = this->put_field(self, input.changes) || other;
        this->is_reached = input.before && chance.one_in(2);
        for (int i = 0; input.chance && this->may_remember() && i < input.before; i++)
            precede(all, chance, words, who == 0);
        if (input.chance) other = (this->is_reached && chance.one_in(2)) || this->stir(all, chance, this->is_reached);
        lent_words().clear();
        other = this->lend(all, chance, input.chance != 0) || other;
        if (!other) codeaug_unchanged();
        if (who == 0) this->arguments(words, all);
        if (who == 0 && !lent_words().empty()) {
            words.place("(functions)");
            words.word(lent_words().c_str());
        }
        words.place("");
        Words found;
        found.is_result = true;
        const std::size_t from = Kept::all().size(), to = this->keep(all, true);
        see(found, all);
        if (!input.again || (this->traits & OVERLAPS)) return;
        Kept::put(from, to);
        found.prefix = "again: ";
        if (chance.one_in(2)) this->stir(all, chance, this->is_reached);
        this->arguments(found, all);
        found.place("result");
        see(found, all);
        if (!Offering::Changing::value) Result<R>::recall(found);
    }

    /* Another call before it, of the unchanged text: it may leave other objects. */
    template <std::size_t... I>
    void precede(Numbers<I...> all, Chance &chance, Words &words, bool tells) {
        const int active = codeaug_active;
        typename Offering::Places kept = places;
        codeaug_active = CODEAUG_ORIGINAL;
        const std::size_t from = Kept::all().size(), to = this->keep(all, true);
        const bool halves = chance.one_in(4);
        if (!halves) this->stir(all, chance, this->is_reached);
        bool each[] = {false, halves && halve(std::get<I>(places), std::get<I>(kept), chance, 0)...};
        (void)each;
        words.prefix = "before: ";
        if (tells) this->arguments(words, all);
        words.prefix = "";
#ifdef __EXCEPTIONS
        try {
            static_cast<void>(call(static_cast<P &&>(*std::get<I>(places))...));
        } catch (...) {
            if (!is_raised()) codeaug_unchanged();
        }
#else
        static_cast<void>(call(static_cast<P &&>(*std::get<I>(places))...));
#endif
        places = kept;
        Kept::put(from, to);
        codeaug_active = active;
    }

    /* Functions are watched from now on; some answer otherwise. */
    template <std::size_t... I> bool lend(Numbers<I...>, Chance &chance, bool others) {
        bool each[] = {lend_members(self, chance, others), lend_one<I>(chance, others,
            std::integral_constant<bool, Lend<typename Bare<P>::type>::is_function>())...};
        for (bool one : each)
            if (one) return true;
        return false;
    }
    template <std::size_t N> bool lend_one(Chance &chance, bool others, std::true_type) {
        typedef typename std::tuple_element<N, typename Offering::Places>::type Place;
        typedef typename std::remove_cv<typename std::remove_pointer<Place>::type>::type Plain;
        Plain *own = new Plain(*std::get<N>(places));
        Lend<Plain>::at(*own, names[N], others ? Answer(chance, (this->traits & CATCHES) != 0) : Answer());
        std::get<N>(places) = own;
        return others;
    }
    template <std::size_t N> bool lend_one(Chance &, bool, std::false_type) { return false; }
    static bool lend_members(Nobody *, Chance &, bool) { return false; }
    template <class T> static bool lend_members(T *self, Chance &chance, bool others) {
        LendingMembers all = {chance, others, 0};
        pick_members(all, *self);
        return others && all.lent;
    }

    template <std::size_t... I> void see(Words &found, Numbers<I...>) {
        const unsigned long begun = codeaug_written();
        unsigned long called = begun;
        auto calling = [&]() -> R {
            Listening while_called(called);
            return call(static_cast<P &&>(*std::get<I>(places))...);
        };
        int before = found.seen;
#ifdef __EXCEPTIONS
        try {
            Result<R>::see(found, calling);
        } catch (...) {
            thrown(found);
        }
#else
        Result<R>::see(found, calling);
#endif
        std::cout.flush();
        std::cerr.flush();
        std::clog.flush();
        if (found.seen == before) found.word("=opaque result");
        this->changes_of(found, self);
        const Number numbers[] = {number(*std::get<I>(places), 0)..., Number()};
        int seen[] = {0, (output<P>(found, names[I], *std::get<I>(places), numbers[I + 1],
                                    typename Offering::template IsOutput<P>()), 0)...};
        (void)seen, (void)numbers;
        shared(found);
        if (called > begun) {
            found.place("(calls)");
            codeaug_put_last(begun, called);
        }
    }

    template <class Q, class T>
    static void output(Words &to, const char *name, T &value, const Number &next, std::true_type) {
        int before = to.seen;
        to.place(name);
        read(to, value);
        pointed(to, value, next, 0);
        if (to.seen == before) to.word((std::string("=opaque ") + name).c_str());
    }
    template <class Q, class T>
    static void output(Words &, const char *, T &, const Number &, std::false_type) {}
};

template <class R, class... P, class Call, class This>
void probe(Call &call, This *self, const char *const *names, int traits, void (*shared)(Words &),
           typename std::remove_reference<P>::type *...places) {
    typedef Act<R, Call, This, P...> Acting;
    typedef Offer<This, P...> Offering;
    Words::have_statics() = (traits & STATICS) != 0;
    Acting act(call, shared, Offering{self, names, traits, typename Offering::Places(places...)});
    std::cout.flush();
    std::clog.flush();
    codeaug_probe(&Acting::run, &act, act.is_apart(typename Offering::All()));
}

} // namespace codeaug
#endif
