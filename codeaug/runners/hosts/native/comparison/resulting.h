/* What a call comes to: its result, or the exception that leaves it. */
#ifndef CODEAUG_RESULTING_H
#define CODEAUG_RESULTING_H

#include <cxxabi.h>
#include <exception>
#include <new>

#include "lending.h"

namespace codeaug {

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
    static void recall(Words &) {}
};
template <class R> struct Result<R &> {
    template <class Call> static void see(Words &to, Call call) {
        R &result = call();
        if (!first()) first() = std::addressof(result);
        to.word("returns");
        to.address(&const_cast<const volatile char &>(reinterpret_cast<const volatile char &>(result)));
        to.seen++;
        read(to, result);
    }
    static R *&first() {
        static R *place = nullptr;
        return place;
    }
    /* What the first call's result is after another one. */
    static void recall(Words &to) {
        if (!first() || !codeaug_can_read(first(), sizeof(R))) return;
        to.place("first result");
        Pointed<R> pointed = {to, first()};
        if (codeaug_stumbles(&Pointed<R>::read, &pointed)) to.word("unreadable");
    }
};
template <class R> struct Result<R &&> : Result<R &> {
    template <class Call> static void see(Words &to, Call call) {
        R &&result = call();
        to.word("returns");
        read(to, result);
    }
    static void recall(Words &) {}
};
template <> struct Result<void> {
    template <class Call> static void see(Words &to, Call call) {
        call();
        to.word("returns");
        to.value("nothing");
    }
    static void recall(Words &) {}
};

#ifdef __EXCEPTIONS
/* Whether a `throw` in the project raised what is being caught. */
inline bool is_raised() {
    std::exception_ptr caught = std::current_exception();
    void *what = nullptr;
    std::memcpy(&what, &caught, sizeof what);
    return what && what == codeaug_raised;
}
#endif

inline void thrown(Words &to) {
#ifdef __EXCEPTIONS
    const std::type_info *type = abi::__cxa_current_exception_type();
    int status = 0;
    char *name = type ? abi::__cxa_demangle(type->name(), nullptr, nullptr, &status) : nullptr;
    if (!is_raised()) codeaug_accident();
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

/* While the unit runs, calls of lent functions are told; `end` is then where their words end. */
struct Listening {
    unsigned long &end;
    explicit Listening(unsigned long &end_) : end(end_) { Answer::is_listening() = true; }
    ~Listening() {
        Answer::is_listening() = false;
        end = codeaug_written();
    }
};

template <class T>
typename std::enable_if<(std::is_arithmetic<T>::value || std::is_enum<T>::value) && !std::is_same<T, char>::value &&
                        !std::is_const<T>::value>::type
pointed(Words &to, T *value, const Number &next, int) {
    long long count = next.end ? static_cast<const volatile T *>(next.end) - value : next.count;
    for (long long i = 0; value && i < (count > 0 && count <= 256 ? count : 1); i++) {
        if (codeaug_can_read(value + i, sizeof(T))) read(to, value[i]);
    }
}
template <class T> void pointed(Words &, const T &, const Number &, long) {}

} // namespace codeaug
#endif
