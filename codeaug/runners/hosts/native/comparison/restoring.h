/* The object's members, kept and put back behind each call: where one fork looks at many inputs. */
#ifndef CODEAUG_RESTORING_H
#define CODEAUG_RESTORING_H

#include "rows.h"

namespace codeaug {

struct Nobody {};

/* Whether a copy of a value is all there is of it: nothing is pointed to. What classes of the project
 * hold is looked at in room for one, in which nothing is read. */
template <class T, class = void> struct IsWhole {
    static bool is(int depth) { return depth < DEEPEST && of(depth + 1, std::integral_constant<bool, IS>()); }
    enum { IS = std::is_class<T>::value && !std::is_polymorphic<T>::value && sizeof(of_project<T>(nullptr)) == 2 };
    struct Asking {
        int depth, seen;
        bool are;
        template <class M> void member(const M &, Role, int, int) {
            seen++;
            are = are && IsWhole<M>::is(depth);
        }
    };
    static bool of(int depth, std::true_type) {
        static typename std::aligned_storage<sizeof(T), alignof(T)>::type room;
        Asking all = {depth, 0, true};
        pick_members(all, *reinterpret_cast<T *>(&room));
        return all.are && all.seen;
    }
    static bool of(int, std::false_type) { return false; }
};
template <class T> struct IsWhole<T, typename std::enable_if<std::is_arithmetic<T>::value || std::is_enum<T>::value ||
                                                             std::is_same<T, std::string>::value>::type> {
    static bool is(int) { return true; }
};
template <class A, class B> struct AreWhole {
    static bool is(int depth) {
        return IsWhole<typename std::remove_cv<A>::type>::is(depth) && IsWhole<typename std::remove_cv<B>::type>::is(depth);
    }
};
#define CODEAUG_WHOLE(type, ...) template <__VA_ARGS__> struct IsWhole<type>
CODEAUG_WHOLE(std::pair<A CODEAUG_COMMA B>, class A, class B) : AreWhole<A, B> {};
CODEAUG_WHOLE(std::array<T CODEAUG_COMMA N>, class T, std::size_t N) : IsWhole<T> {};
CODEAUG_WHOLE(std::vector<T CODEAUG_COMMA A>, class T, class A) : IsWhole<T> {};
CODEAUG_WHOLE(std::deque<T CODEAUG_COMMA A>, class T, class A) : IsWhole<T> {};
CODEAUG_WHOLE(std::list<T CODEAUG_COMMA A>, class T, class A) : IsWhole<T> {};
CODEAUG_WHOLE(std::set<T CODEAUG_COMMA C CODEAUG_COMMA A>, class T, class C, class A) : IsWhole<T> {};
CODEAUG_WHOLE(std::unordered_set<T CODEAUG_COMMA H CODEAUG_COMMA E CODEAUG_COMMA A>, class T, class H, class E, class A) : IsWhole<T> {};
CODEAUG_WHOLE(std::map<K CODEAUG_COMMA T CODEAUG_COMMA C CODEAUG_COMMA A>, class K, class T, class C, class A) : AreWhole<K, T> {};
CODEAUG_WHOLE(std::unordered_map<K CODEAUG_COMMA T CODEAUG_COMMA H CODEAUG_COMMA E CODEAUG_COMMA A>, class K, class T, class H, class E, class A) : AreWhole<K, T> {};
CODEAUG_WHOLE(std::function<F>, class F) {
    static bool is(int) { return true; }
};
#if __cplusplus >= 201703L
CODEAUG_WHOLE(std::optional<T>, class T) : IsWhole<T> {};
#endif

/* One member as it was. */
struct Old {
    virtual void put() const = 0;
    virtual ~Old() {}
};
template <class M> struct OldMember : Old {
    M *at;
    M value;
    explicit OldMember(M &of) : at(&of), value(of) {}
    void put() const override {
        at->~M();
        new (static_cast<void *>(at)) M(value);
    }
};

/* Members of the project's classes one by one, what else there is as a whole. */
struct Keeping {
    std::vector<Old *> all;
    template <class M> void member(const M &value, Role, int, int) { take(const_cast<M &>(value), std::integral_constant<bool, sizeof(of_project<M>(nullptr)) == 2>(), std::integral_constant<bool, CanCopy<M>::value && !std::is_array<M>::value>()); }
    template <class M, class Any> void take(M &value, std::true_type, Any) { pick_members(*this, value); }
    template <class M> void take(M &value, std::false_type, std::true_type) { all.push_back(new OldMember<M>(value)); }
    template <class M> void take(M &, std::false_type, std::false_type) {}
};

/* The object, as it is at the first of a fork's calls. */
template <class This> struct Restored {
    typedef typename std::remove_cv<This>::type Plain;
    static bool can() { return IsWhole<Plain>::is(0); }
    static void keep(This *self) {
        if (old().empty()) {
            Keeping members;
            pick_members(members, const_cast<Plain &>(*self));
            old() = members.all;
        }
    }
    static void put_back() {
        for (const Old *each : old()) each->put();
    }
    static std::vector<Old *> &old() {
        static std::vector<Old *> *all = new std::vector<Old *>();
        return *all;
    }
};
template <> struct Restored<Nobody> {
    static bool can() { return true; }
    static void keep(Nobody *) {}
    static void put_back() {}
};

} // namespace codeaug
#endif
