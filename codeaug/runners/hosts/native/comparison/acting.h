/* One call of the unit in a fork: its arguments, what it comes to, what is changed then. */
#ifndef CODEAUG_ACTING_H
#define CODEAUG_ACTING_H

#include <cxxabi.h>
#include <exception>
#include <new>

#include "growing.h"

namespace codeaug {

struct Nobody {};
template <class T> struct Bare {
    typedef typename std::remove_cv<typename std::remove_reference<T>::type>::type type;
};

template <std::size_t... I> struct Numbers {};
template <std::size_t N, std::size_t... I> struct Count : Count<N - 1, N - 1, I...> {};
template <std::size_t... I> struct Count<0, I...> { typedef Numbers<I...> type; };

template <class T> struct IsOutput
    : std::integral_constant<bool, std::is_lvalue_reference<T>::value &&
                                       !std::is_const<typename std::remove_reference<T>::type>::value> {};
template <class T> struct IsChanging : std::false_type {};
template <class T>
struct IsChanging<T *>
    : std::integral_constant<bool, !std::is_const<T>::value && !std::is_function<T>::value> {};
template <class T> struct Changeable
    : std::integral_constant<bool, IsOutput<T>::value || IsChanging<typename Bare<T>::type>::value> {};

/* Objects so large for a constructor's work, at an address that is always the same. */
template <class T> void *room() {
    static typename std::aligned_storage<sizeof(T), alignof(T)>::type place;
    std::memset(&place, 0, sizeof place);
    return &place;
}

template <class R> struct Result {
    template <class Call> static void see(Words &to, Call call) {
        R result = call();
        to.word("returns");
        read(to, result);
    }
};
template <class R> struct Result<R &> {
    template <class Call> static void see(Words &to, Call call) {
        R &result = call();
        to.word("returns");
        to.address(&const_cast<const volatile char &>(reinterpret_cast<const volatile char &>(result)));
        to.seen++;
        read(to, result);
    }
};
template <class R> struct Result<R &&> : Result<R &> {
    template <class Call> static void see(Words &to, Call call) {
        R &&result = call();
        to.word("returns");
        read(to, result);
    }
};
template <> struct Result<void> {
    template <class Call> static void see(Words &to, Call call) {
        call();
        to.word("returns");
        to.value("nothing");
    }
};

inline void thrown(Words &to) {
#ifdef __EXCEPTIONS
    const std::type_info *type = abi::__cxa_current_exception_type();
    int status = 0;
    char *name = type ? abi::__cxa_demangle(type->name(), nullptr, nullptr, &status) : nullptr;
    to.word("throws");
    to.value(name ? name : "something");
    try {
        throw;
    } catch (const std::exception &error) {
        to.quoted(error.what(), std::strlen(error.what()));
    } catch (int number) {
        read(to, number);
    } catch (const char *text) {
        to.quoted(text, std::strlen(text));
    } catch (const std::string &text) {
        read(to, text);
    } catch (...) {
    }
#endif
}

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

template <class T>
typename std::enable_if<std::is_arithmetic<T>::value && !std::is_same<T, char>::value &&
                        !std::is_const<T>::value>::type
pointed(Words &to, T *value, const Number &next, int) {
    long long count = next.end ? static_cast<const volatile T *>(next.end) - value : next.count;
    for (long long i = 0; value && i < (count > 0 && count <= 256 ? count : 1); i++) {
        if (codeaug_can_read(value + i, sizeof(T))) read(to, value[i]);
    }
}
template <class T> void pointed(Words &, const T &, const Number &, long) {}

/* `Call` takes the parameters as they are declared; `This` is Nobody where there is no object. */
template <class R, class Call, class This, class... P> struct Act {
    typedef std::tuple<typename std::remove_reference<P>::type *...> Places;
    typedef typename Count<sizeof...(P)>::type All;
    Call &call;
    This *self;
    const char *const *names;
    bool spans;
    Places places;

    static void run(void *given, const int *changes, int who) {
        Act &act = *static_cast<Act *>(given);
        if (!changes) act.describe(All());
        else act.go(All(), changes, who);
    }

    template <std::size_t... I> void describe(Numbers<I...>) {
        const int counts[] = {
            0, Others<typename Bare<P>::type>::count(*std::get<I>(places), measures(I))...};
        const int twins[] = {0, (twin<P, I>(Numbers<I...>(), false) ? 1 : 0)...};
        std::string all;
        for (std::size_t i = 0; i < sizeof...(P); i++)
            all += std::to_string((is_free(i) ? counts[i + 1] : 0) + twins[i + 1]) + " ";
        codeaug_put(all.data(), all.size());
        Words words;
        arguments(words, Numbers<I...>());
    }

    /* The kind of a parameter; OTHER before the first and behind the last. */
    static Kind kind_of(std::size_t number) {
        const Kind kinds[] = {Others<typename Bare<P>::type>::kind()..., OTHER};
        return number < sizeof...(P) ? kinds[number] : OTHER;
    }
    /* Whether a number may be the length of what a pointer beside it points to. */
    static bool measures(std::size_t number) {
        for (Kind beside : {kind_of(number - 1), kind_of(number + 1)})
            if (beside == POINTER || beside == BUFFER || beside == TEXT) return true;
        return false;
    }
    /* Whether a text may be another: nothing measures it, and it is not copied into a buffer. */
    bool is_free(std::size_t number) const {
        if (kind_of(number) != TEXT) return true;
        if (spans || kind_of(number - 1) == INTEGER || kind_of(number + 1) == INTEGER) return false;
        for (std::size_t i = 0; i < sizeof...(P); i++)
            if (kind_of(i) == BUFFER) return false;
        return true;
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
        : std::integral_constant<bool, std::is_lvalue_reference<Q>::value && std::is_lvalue_reference<O>::value &&
                                           std::is_same<typename Bare<Q>::type, typename Bare<O>::type>::value> {};
    template <class Q, class O = This &, class T, class U>
    static bool same(T *&place, U *other, bool do_it) {
        typedef std::integral_constant<bool, Alike<Q, O>::value && std::is_convertible<U *, T *>::value> May;
        if (do_it) return put(place, other, May());
        return May::value && static_cast<const volatile void *>(place) != other;
    }
    template <class T, class U> static bool put(T *&place, U *other, std::true_type) {
        place = other;
        return true;
    }
    template <class T, class U> static bool put(T *&, U *, std::false_type) { return false; }

    template <std::size_t... I> void arguments(Words &to, Numbers<I...>) {
        object(to, self);
        int each[] = {0, (argument<I>(to), 0)...};
        (void)each;
    }
    template <std::size_t N> void argument(Words &to) {
        to.place(names[N]);
        if (static_cast<const volatile void *>(std::get<N>(places)) == self || is_twin<N>(All()))
            to.word("(the same object)");
        read(to, *std::get<N>(places));
    }
    template <std::size_t N, std::size_t... I> bool is_twin(Numbers<I...>) {
        for (bool each : {false, (I < N && static_cast<const volatile void *>(std::get<N>(places)) ==
                                               static_cast<const volatile void *>(std::get<I>(places)))...})
            if (each) return true;
        return false;
    }
    static void object(Words &, Nobody *) {}
    template <class T> static void object(Words &to, T *self) {
        to.place("*this");
        to.visit(self, &kind<typename std::remove_cv<T>::type>);
        read(to, *self);
    }

    template <std::size_t... I> void go(Numbers<I...>, const int *changes, int who) {
        int changed[] = {0, (replace<P, I>(changes), 0)...};
        (void)changed;
        Words words;
        if (who == 0) arguments(words, Numbers<I...>());
        words.place("");
        Words found;
        auto called = [&]() -> R { return call(static_cast<P &&>(*std::get<I>(places))...); };
#ifdef __EXCEPTIONS
        try {
            Result<R>::see(found, called);
        } catch (...) {
            thrown(found);
        }
#else
        Result<R>::see(found, called);
#endif
        std::cout.flush();
        std::cerr.flush();
        std::clog.flush();
        if (!found.seen) found.word("=opaque result");
        changes_of(found, self);
        const Number numbers[] = {number(*std::get<I>(places), 0)..., Number()};
        int seen[] = {
            0, (output<P>(found, names[I], *std::get<I>(places), numbers[I + 1], Changeable<P>()), 0)...};
        (void)seen, (void)numbers;
    }

    template <class Q, std::size_t N> void replace(const int *changes) {
        typedef Others<typename Bare<Q>::type> Known;
        auto &place = std::get<N>(places);
        for (int at = 0; at < 4; at += 2) {
            if (changes[at] != static_cast<int>(N)) continue;
            const bool less = measures(N);
            int which = changes[at + 1] - (twin<Q, N>(All(), false) ? 1 : 0);
            if (which < 0) twin<Q, N>(All(), true);
            else place = Known::made(*place, which, less);
        }
    }
    static void changes_of(Words &, Nobody *) {}
    template <class T> static void changes_of(Words &, const T *) {}
    template <class T>
    static typename std::enable_if<!std::is_const<T>::value && !std::is_same<T, Nobody>::value>::type
    changes_of(Words &to, T *self) {
        int before = to.seen;
        object(to, self);
        if (to.seen == before) to.word("=opaque *this");
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
void probe(Call &call, This *self, const char *const *names, bool spans,
           typename std::remove_reference<P>::type *...places) {
    typedef Act<R, Call, This, P...> Acting;
    Acting act = {call, self, names, spans, typename Acting::Places(places...)};
    std::cout.flush();
    std::clog.flush();
    codeaug_probe(&Acting::run, &act);
}

} // namespace codeaug
#endif
