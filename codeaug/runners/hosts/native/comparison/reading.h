/* Values as words: each word one scalar, `&` and a number one address, `=` a place, `%` a union's
 * bytes. C++11. */
#ifndef CODEAUG_READING_H
#define CODEAUG_READING_H

#include <cstdio>
#include <cstring>
#include <cstdint>
#include <iostream>
#include <sstream>
#include <string>
#include <type_traits>
#ifdef __GXX_RTTI
#include <typeinfo>
#endif

#include "probe.h"

extern "C" char __executable_start __attribute__((weak)), end __attribute__((weak));

namespace codeaug {

enum { DEEPEST = 6, MOST_WORDS = 1500, LONGEST_TEXT = 2048, POINTED_TEXT = 256 };

/* What was written; `seen` counts words that tell more than an address. */
struct Words {
    struct Place { const void *at; void (*kind)(); };
    int count, seen, depth, places;
    bool is_result, follows; /* pointers to numbers, too */
    const char *prefix; /* of places' names */
    Place visited[256];
    Words() : count(0), seen(0), depth(0), places(0), is_result(false), follows(false), prefix("") {}

    void word(const char *text) {
        if (count++ > MOST_WORDS) return;
        codeaug_put("\t", 1);
        codeaug_put(text, std::strlen(text));
    }
    void value(const char *text) {
        seen++;
        word(text);
    }
    void place(const char *name) {
        word((std::string("=") + (*name == '.' ? "" : prefix) + name).c_str());
    }

    void quoted(const char *text, std::size_t size) {
        std::string all("\"");
        for (std::size_t i = 0; i < size && i < LONGEST_TEXT; i++) escape(all, text[i]);
        all += '"';
        if (size > LONGEST_TEXT)
            all += "..." + std::to_string(size) + ":" + std::to_string(hashed(text, size));
        value(all.c_str());
    }
    static unsigned long hashed(const char *text, std::size_t size) {
        unsigned long hash = 14695981039346656037UL;
        for (std::size_t i = 0; i < size; i++)
            hash = (hash ^ static_cast<unsigned char>(text[i])) * 1099511628211UL;
        return hash;
    }
    static void escape(std::string &to, char text) {
        char one[8];
        unsigned char c = static_cast<unsigned char>(text);
        bool plain = c >= ' ' && c < 127 && c != '"' && c != '\\';
        std::snprintf(one, sizeof one, plain ? "%c" : "\\%03o", c);
        to += one;
    }
    void bytes(const unsigned char *at, std::size_t size) {
        std::string text("%");
        char byte[4];
        for (std::size_t i = 0; i < size && size <= 256; i++) {
            std::snprintf(byte, sizeof byte, "%02x", at[i]);
            text += byte;
        }
        if (size <= 256) value(text.c_str());
        else word("%");
    }
    /* Whether the texts have static variables, each its own: their addresses are no one's word. */
    static bool &have_statics() {
        static bool have = false;
        return have;
    }
    static bool is_static(const volatile void *at) {
        return at >= &__executable_start && at < &end && have_statics();
    }
    void address(const volatile void *at) {
        char text[32];
        if (is_static(at)) return word("&static");
        std::snprintf(text, sizeof text, at ? "&%lx" : "null",
                      static_cast<unsigned long>(reinterpret_cast<std::uintptr_t>(at)));
        word(text);
    }
    /* Whether an object has not been described yet; one that has been tells no less than then. */
    bool visit(const void *at, void (*kind)()) {
        for (int i = 0; i < places; i++) {
            if (visited[i].at == at && visited[i].kind == kind) return seen++, false;
        }
        if (places == 256) return false;
        visited[places].at = at;
        visited[places++].kind = kind;
        return true;
    }
};

template <class T> void kind() {}

template <class T, class = void> struct Reader;

template <class T> void read(Words &to, const T &value) {
    if (to.depth > DEEPEST || to.count > MOST_WORDS) return;
    to.depth++;
    Reader<typename std::remove_cv<T>::type>::read(to, value);
    to.depth--;
}

/* --- scalars ------------------------------------------------------------------------------------ */

template <class T> struct Reader<T, typename std::enable_if<std::is_integral<T>::value>::type> {
    static void read(Words &to, T value) {
        to.value(std::is_signed<T>::value ? std::to_string(static_cast<long long>(value)).c_str()
                                          : std::to_string(static_cast<unsigned long long>(value)).c_str());
    }
};

template <> struct Reader<bool> {
    static void read(Words &to, const bool &value) {
        unsigned char byte;
        std::memcpy(&byte, &value, 1);
        to.value(byte == 0 ? "false" : byte == 1 ? "true" : "neither");
    }
};

template <> struct Reader<char> {
    static void read(Words &to, char value) {
        std::string text("'");
        if (value == '\'') text += '\\';
        Words::escape(text, value);
        to.value((text + "'").c_str());
    }
};

template <class T> struct Reader<T, typename std::enable_if<std::is_floating_point<T>::value>::type> {
    static void read(Words &to, T value) {
        char text[80];
        const char *form = sizeof(T) == 4 ? "%.9Lg" : sizeof(T) == 8 ? "%.17Lg" : "%.21Lg";
        int size = std::snprintf(text, sizeof text, form, static_cast<long double>(value));
        if (value != value) {
            std::strcpy(text, "nan"); // which one a sum of two keeps is the processor's choice
        } else if (!std::strpbrk(text, ".ein")) {
            std::snprintf(text + size, sizeof text - size, ".0");
        }
        to.value(text);
    }
};

template <class T> struct Reader<T, typename std::enable_if<std::is_enum<T>::value>::type> {
    static void read(Words &to, T value) {
        typedef typename std::underlying_type<T>::type Number;
        to.value(("enum:" + std::to_string(static_cast<long long>(static_cast<Number>(value)))).c_str());
    }
};

template <> struct Reader<std::nullptr_t> {
    static void read(Words &to, std::nullptr_t) { to.value("null"); }
};

/* --- pointers and arrays ------------------------------------------------------------------------ */

template <class T, class = void> struct IsKnownClass : std::false_type {};
template <class T> struct IsKnownClass<T, decltype(void(sizeof(T)))> : std::is_class<T> {};

inline void read_pointed(Words &to, const char *text, int) {
    std::size_t size = 0;
    while (size < POINTED_TEXT && codeaug_can_read(text + size, 1) && text[size]) size++;
    to.quoted(text, size);
}
template <class T> struct Pointed {
    Words &to;
    T *at;
    static void read(void *given) {
        Pointed &self = *static_cast<Pointed *>(given);
        codeaug::read(self.to, *self.at);
    }
};
template <class T>
auto read_pointed(Words &to, T *at, long) -> typename std::enable_if<IsKnownClass<T>::value>::type {
    typedef typename std::remove_cv<T>::type Kind;
    if (!codeaug_can_read(at, sizeof(T)) || !to.visit(const_cast<const Kind *>(at), &kind<Kind>)) return;
    Pointed<T> pointed = {to, at};
    int depth = to.depth;
    if (codeaug_stumbles(&Pointed<T>::read, &pointed)) to.word("unreadable");
    to.depth = depth;
}
template <class T> void read_pointed(Words &to, T *const *at, int) {
    if (!codeaug_can_read(at, sizeof(T *))) return;
    to.seen++;
    read(to, *at);
}
template <class T>
auto read_pointed(Words &to, T *at, int) ->
    typename std::enable_if<(std::is_arithmetic<T>::value || std::is_enum<T>::value) &&
                            !std::is_same<typename std::remove_cv<T>::type, char>::value>::type {
    if (to.follows && codeaug_can_read(const_cast<const typename std::remove_cv<T>::type *>(at), sizeof(T))) read(to, *at);
}
inline void read_pointed(Words &, const volatile void *, ...) {}

template <class T> struct Reader<T *> {
    static void read(Words &to, T *value) { read(to, value, std::is_function<T>()); }
    static void read(Words &to, T *value, std::false_type) {
        to.address(value);
        if (value) read_pointed(to, value, 0);
        else to.seen++;
    }
    static void read(Words &to, T *value, std::true_type) {
        to.address(reinterpret_cast<const void *>(value));
        to.seen++;
    }
};

template <class T, std::size_t N> struct Reader<T[N]> {
    static void read(Words &to, const T (&value)[N]) {
        to.word("[");
        for (std::size_t i = 0; i < N && i < 64; i++) codeaug::read(to, value[i]);
        to.word("]");
    }
};

/* --- objects of classes that are not the library's: the members that the project names ---------- */

template <class T> void read_members(Words &to, const T &value);
template <class T> void read_type(Words &to, const T &value, std::true_type) {
#ifdef __GXX_RTTI
    to.word(typeid(value).name());
#else
    (void)to, (void)value;
#endif
}
template <class T> void read_type(Words &, const T &, std::false_type) {}

template <class T, class> struct Reader {
    static void read(Words &to, const T &value) { read(to, value, std::is_class<T>()); }
    /* unions and pointers to members: bytes, of which nobody knows whether all are meant */
    static void read(Words &to, const T &value, std::false_type) {
        to.bytes(reinterpret_cast<const unsigned char *>(&value), sizeof(T));
    }
    static void read(Words &to, const T &value, std::true_type) {
        to.word("{");
        read_type(to, value, std::is_polymorphic<T>());
        if (std::is_empty<T>::value) to.seen++;
        read_members(to, value);
        to.word("}");
    }
};

} // namespace codeaug

#include "library.h"
#endif
