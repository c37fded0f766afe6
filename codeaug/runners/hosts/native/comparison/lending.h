/* Functions among the arguments: which of them the unit calls, with what, in which order. */
#ifndef CODEAUG_LENDING_H
#define CODEAUG_LENDING_H

#include <functional>
#include <stdexcept>

#include "opposing.h"
#include "pointing.h"

namespace codeaug {

/* Derived ones: a unit that raises a copy loses what they are. */
struct Refused : std::runtime_error { Refused() : std::runtime_error("refused") {} };
struct Impossible : std::logic_error { Impossible() : std::logic_error("impossible") {} };

/* What a lent function answers at one of its calls: something else, or an exception: where the unit
 * catches, of several kinds. */
struct Answer {
    enum { MOST_TOLD = 200 };
    int at, kind; /* 0: all as it is */
    Chance chance;
    int calls;

    Answer(Chance &from, bool catches) : at(0), kind(0), chance(from), calls(0) {
        if (from.one_in(3)) return;
        at = static_cast<int>(from.below(4));
        kind = 1 + static_cast<int>(from.below(catches ? 4 : 2));
        chance.bits();
    }
    Answer() : at(0), kind(0), chance(1), calls(0) {}
    static Answer refusing(Chance &from) {
        Answer found;
        found.at = static_cast<int>(from.below(3));
        found.kind = from.one_in(2) ? 2 : 0;
        return found;
    }
    bool is_other() { return calls++ == at && kind != 0; }
    void raise() const {
#ifdef __EXCEPTIONS
        if (kind == 2) throw Refused();
        if (kind == 3) throw Impossible();
        if (kind == 4) throw 7;
#endif
    }
    std::string said() const {
        if (!kind) return "";
        return (kind == 1 ? "answers otherwise" : "raises") + (" at call " + std::to_string(at + 1));
    }
    static int &told() {
        static int count = 0;
        return count;
    }
    static bool &is_listening() {
        static bool is = false;
        return is;
    }
};

template <class R> struct Answered {
    template <class Call> static R of(Call call, Chance *other) {
        R found = call();
        if (!other) return found;
        typename std::remove_cv<R>::type &own = const_cast<typename std::remove_cv<R>::type &>(found);
        if (other->one_in(2)) oppose(own, *other, How{0, false});
        else change(own, *other, How{0, false});
        return found;
    }
};
template <class R> struct Answered<R &> {
    template <class Call> static R &of(Call call, Chance *) { return call(); }
};
template <> struct Answered<void> {
    template <class Call> static void of(Call call, Chance *) { call(); }
};

template <class... A> void tell(const std::string &name, const A &...given) {
    if (!Answer::is_listening() || Answer::told()++ > Answer::MOST_TOLD) return;
    Words words;
    words.word(("calls " + name).c_str());
    int each[] = {0, (read(words, given), 0)...};
    (void)each;
}

/* What lent functions do, for who is told of the arguments. */
inline std::string &lent_words() {
    static std::string words;
    return words;
}

template <class T> struct Lend {
    enum { is_function = 0 };
    static void at(T &, const std::string &, const Answer &) {}
};
template <class R, class... A> struct Lend<std::function<R(A...)>> {
    enum { is_function = 1 };
    static void at(std::function<R(A...)> &function, const std::string &name, const Answer &how) {
        if (!function) return;
        std::function<R(A...)> lent = function;
        std::shared_ptr<Answer> answer = std::make_shared<Answer>(how);
        if (how.kind) lent_words() += (lent_words().empty() ? "" : ", ") + name + " " + how.said();
        function = [lent, name, answer](A... given) -> R {
            tell(name, given...);
            bool other = answer->is_other();
            if (other) answer->raise();
            return Answered<R>::of([&]() -> R { return lent(static_cast<A &&>(given)...); },
                                   other ? &answer->chance : nullptr);
        };
    }
};
template <class F, class A> struct Lend<std::vector<F, A>> {
    enum { is_function = Lend<F>::is_function };
    static void at(std::vector<F, A> &all, const std::string &name, const Answer &how) {
        at(all, name, how, std::integral_constant<bool, is_function>());
    }
    static void at(std::vector<F, A> &all, const std::string &name, const Answer &how, std::true_type) {
        for (std::size_t i = 0; i < all.size(); i++)
            Lend<F>::at(all[i], name + std::to_string(i), static_cast<int>(i) == how.at ? how : Answer());
    }
    static void at(std::vector<F, A> &, const std::string &, const Answer &, std::false_type) {}
};

/* Functions that an object holds are watched, and some raise. */
struct LendingMembers {
    Chance &chance;
    bool others;
    int lent;
    template <class T> void member(const T &value, Role, int, int) {
        if (!Lend<T>::is_function) return;
        const Answer answer = others ? Answer::refusing(chance) : Answer();
        Lend<T>::at(const_cast<T &>(value), "(member " + std::to_string(lent++) + ")", answer);
    }
};

/* What a function in a result gives; of one among the arguments only whether there is one. */
template <class R, class... A> struct Reader<std::function<R(A...)>> {
    static void read(Words &to, const std::function<R(A...)> &value) {
        to.value(value ? "function" : "no function");
        if (value && to.is_result) given(to, value);
    }
    template <class S> static void given(Words &to, const std::function<S()> &value) { Given<S>::read(to, value); }
    template <class F> static void given(Words &, const F &) {}
    template <class S, class Also = void> struct Given {
        static void read(Words &to, const std::function<S()> &value) {
#ifdef __EXCEPTIONS
            try {
                codeaug::read(to, value());
            } catch (...) {
                to.word("throws");
            }
#else
            codeaug::read(to, value());
#endif
        }
    };
    template <class Also> struct Given<void, Also> {
        static void read(Words &, const std::function<void()> &) {}
    };
};

} // namespace codeaug
#endif
