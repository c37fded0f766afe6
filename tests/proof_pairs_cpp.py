"""Pairs of C++ functions: those that are the same and provable, and those that are not the same.

Each is what stands before the function, the function, and its other text.
"""

# ruff: noqa: E501 - codes as they stand in files
from __future__ import annotations

EQUAL = {
    "comments in other words and places": (
        "int g(int);",
        "int f(int x) {\n  // it isn't used\n  int y = g(x);  // one for all\n  return y;\n}",
        "int f(int x) {\n  /* it is not used */\n\n  // one for all\n  int y = g(x);\n  return y;\n}",
    ),
    "renamed local": (
        "",
        "int f(const std::vector<int>& xs) { int total = 0; for (int x : xs) total ^= x; return total; }",
        "int f(const std::vector<int>& xs) { int acc = 0; for (int item : xs) acc ^= item; return acc; }",
    ),
    "renamed parameter": (
        "",
        "int f(int a, int b) { return a - b; }",
        "int f(int n, int m) { return n - m; }",
    ),
    "for and while": (
        "int g(int);",
        "int f(int n) { int s = 0; for (int i = 0; i < n; ++i) s = g(s); return s; }",
        "int f(int n) { int s = 0; int i = 0; while (i < n) { s = g(s); ++i; } return s; }",
    ),
    "conditional and if": (
        "",
        "int f(int a, int b) { int r = a > b ? a : b; return r; }",
        "int f(int a, int b) { int r; if (a > b) r = a; else r = b; return r; }",
    ),
    "early return": (
        "int g(int);",
        "int f(int x) { if (x < 0) { return -1; } else { return g(x / 2); } }",
        "int f(int x) { if (x < 0) return -1; return g(x / 2); }",
    ),
    "nested conditions": (
        "bool p(); bool q(); void g();",
        "void f() { if (p() && q()) g(); }",
        "void f() { if (p()) { if (q()) g(); } }",
    ),
    "short circuit the other way": (
        "bool p(); bool q(); int g(int); int h(int);",
        "int f() { if (!(p() && q())) return g(1); return h(2); }",
        "int f() { if (!p() || !q()) return g(1); return h(2); }",
    ),
    "explaining variable": (
        "int g(int);",
        "int f(int a) { return g(a) > 3 ? 1 : 2; }",
        "int f(int a) { int found = g(a); return found > 3 ? 1 : 2; }",
    ),
    "assertion on another line": (
        "",
        "int f(int a) { assert(a > 1); return a / 2; }",
        "int f(int a) {\n\n    assert(a > 1);\n    int half = a / 2;\n    return half;\n}",
    ),
    "append": (
        "",
        'std::string f(const std::string& a) { std::string r = a; r += "x"; return r; }',
        'std::string f(const std::string& a) { std::string r = a; r.append("x"); return r; }',
    ),
    "constructor": (
        "struct S { int a; int b; S(int x); };",
        "S::S(int x) : a(x), b(0) { if (x > 0) { b = 1; } else { b = 2; } }",
        "S::S(int x) : a(x), b(0) { if (!(x > 0)) { b = 2; } else { b = 1; } }",
    ),
    "virtual call once": (
        "struct V { virtual int g(); virtual ~V(); };",
        "int f(V& v) { int r = v.g(); return r; }",
        "int f(V& v) { return v.g(); }",
    ),
    "static function that nobody calls": (
        "",
        "static int f(int a) { int b = a / 3; return b; }",
        "static int f(int a) { return a / 3; }",
    ),
    "line number behind the function": (
        "",
        "int f(int a) { return a / 3; }",
        "int f(int a)\n{\n    int third = a / 3;\n    return third;\n}",
    ),
    "exception": (
        "int g(int);",
        "int f(int a) { try { return g(a); } catch (const std::exception&) { return -1; } }",
        "int f(int b) { try { int r = g(b); return r; } catch (const std::exception&) { return -1; } }",
    ),
    "renamed variable in an order that is open": (
        "int g(int*); int h(int*); int both(int, int);",
        "int f() { int a = 1; int b = 2; return both(g(&a), h(&b)); }",
        "int f() { int first = 1; int b = 2; return both(g(&first), h(&b)); }",
    ),
    "strings in another order": (
        "[[noreturn]] void g(const char*); int h(const char*);",
        'int f(bool a) { if (a) { g("many"); } return h("few"); }',
        'int f(bool a) { if (!a) { return h("few"); } g("many"); }',
    ),
}

UNEQUAL = {
    "signed overflow": (
        "",
        "bool f(int a) { (void)a; return true; }",
        "bool f(int a) { return a + 1 > a; }",
    ),
    "signed overflow back": (
        "",
        "bool f(int a) { return a + 1 > a; }",
        "bool f(int a) { (void)a; return true; }",
    ),
    "overflow that is new": (
        "",
        "int f(int a, int b) { return (int)((unsigned)a + (unsigned)b); }",
        "int f(int a, int b) { return a + b; }",
    ),
    "overflow by another order": (
        "",
        "int f(int a, int b, int c) { return a + b - c; }",
        "int f(int a, int b, int c) { return a - c + b; }",
    ),
    "negation of the least": (
        "",
        "int f(int a) { return a < 0 ? (int)(0u - (unsigned)a) : a; }",
        "int f(int a) { return a < 0 ? -a : a; }",
    ),
    "shift width": (
        "",
        "unsigned f(unsigned a, int n) { return a << (n & 31); }",
        "unsigned f(unsigned a, int n) { return a << n; }",
    ),
    "negative shift": ("", "int f(int a) { return a / 2; }", "int f(int a) { return a >> 1; }"),
    "division by zero": (
        "",
        "int f(int a) { (void)a; return 1; }",
        "int f(int a) { return a / a; }",
    ),
    "division that is lost": (
        "",
        "int f(int a, int b) { (void)b; return a; }",
        "int f(int a, int b) { int q = a / b; (void)q; return a; }",
    ),
    "remainder of one": (
        "",
        "int f(int a) { (void)a; return 0; }",
        "int f(int a) { return a % a; }",
    ),
    "unset variable": (
        "",
        "int f(bool c) { int r = 5; if (c) r = 5; return r; }",
        "int f(bool c) { int r; if (c) r = 5; return r; }",
    ),
    "unset zero": (
        "",
        "int f(bool c) { int r = 0; if (c) r = 5; return r; }",
        "int f(bool c) { int r; if (c) r = 5; return r; }",
    ),
    "unset pattern": (
        "",
        "signed char f(bool c) { signed char r = -2; if (c) r = 5; return r; }",
        "signed char f(bool c) { signed char r; if (c) r = 5; return r; }",
    ),
    "unset member": (
        "struct P { int x, y; };",
        "int f() { P p = {1, 7}; return p.y; }",
        "int f() { P p; p.x = 1; return p.y; }",
    ),
    "unset on the heap": (
        "",
        "int f(bool c) { return c ? 5 : 5; }",
        "int f(bool c) { int* p = new int; int r = c ? *p : 5; delete p; return r; }",
    ),
    "outside an array": (
        "",
        "int f(int i) { (void)i; return 7; }",
        "int f(int i) { static const int t[1] = {7}; return t[i]; }",
    ),
    "one past an array": (
        "",
        "int f(int n) { int s = 0; int t[4] = {1,1,1,1}; for (int i = 0; i < 4 && i < n; ++i) s += t[i]; return s; }",
        "int f(int n) { int s = 0; int t[4] = {1,1,1,1}; for (int i = 0; i < n; ++i) s += t[i]; return s; }",
    ),
    "unreachable": (
        "",
        "int f(int a) { if (a == 3) return 4; return a + 1; }",
        "int f(int a) { if (a != 3) __builtin_unreachable(); return 4; }",
    ),
    "unreachable default": (
        "",
        "int f(unsigned a) { return a == 1 ? 10 : 20; }",
        "int f(unsigned a) { switch (a) { case 1: return 10; case 2: return 20; default: __builtin_unreachable(); } }",
    ),
    "no return": (
        "",
        "int f(bool c) { if (c) return 1; return 1; }",
        "int f(bool c) { if (c) return 1; }",
    ),
    "endless loop": (
        "",
        "int f(unsigned n) { (void)n; return 1; }",
        "int f(unsigned n) { while (n != 0) { n += 2; } return 1; }",
    ),
    "endless empty loop": ("", "void f(bool c) { (void)c; }", "void f(bool c) { while (c) { } }"),
    "null": (
        "",
        "int f(int* p) { return *p; }",
        "int f(int* p) { int r = *p; if (!p) return 3; return r; }",
    ),
    "null too late": (
        "",
        "int f(int* p) { if (!p) return 3; return *p; }",
        "int f(int* p) { int r = *p; if (!p) return 3; return r; }",
    ),
    "null that is read for nothing": (
        "",
        "int f(int* p) { (void)p; return 2; }",
        "int f(int* p) { int r = *p; (void)r; return 2; }",
    ),
    "null this": (
        "struct N { int a; int f(); };",
        "int N::f() { return this ? 1 : 0; }",
        "int N::f() { return 1; }",
    ),
    "null reference": (
        "",
        "bool f(int& r) { (void)r; return true; }",
        "bool f(int& r) { return &r != nullptr; }",
    ),
    "null to memcpy": (
        "",
        "bool f(void* p, const void* q) { memcpy(p, q, 0); return p != nullptr; }",
        "bool f(void* p, const void* q) { memcpy(p, q, 0); return true; }",
    ),
    "pointer overflow": (
        "",
        "bool f(const char* p, unsigned n) { (void)p; (void)n; return false; }",
        "bool f(const char* p, unsigned n) { return p + n < p; }",
    ),
    "aliasing": (
        "",
        "int f(int* a, float* b) { *a = 1; *b = 2; return 1; }",
        "int f(int* a, float* b) { *a = 1; *b = 2; return *a; }",
    ),
    "aliasing of one type": (
        "",
        "int f(int* a, int* b) { *a = 1; *b = 2; return 1; }",
        "int f(int* a, int* b) { *a = 1; *b = 2; return *a; }",
    ),
    "restrict": (
        "",
        "int f(int* a, int* b) { return *a + *b / 2; }",
        "int f(int* a, int* b) { int* __restrict p = a; int* __restrict q = b; return *p + *q / 2; }",
    ),
    "constant object": (
        "",
        "int f() { const int x = 1; return x; }",
        "int f() { const int x = 1; const_cast<int&>(x) = 2; return x; }",
    ),
    "constant object by a cast": (
        "",
        "int f() { const int x = 1; return x; }",
        "int f() { const int x = 1; *(int*)&x = 2; return x; }",
    ),
    "address of a local": (
        "",
        "int* f() { return nullptr; }",
        "int* f() { int x = 1; return &x; }",
    ),
    "end of scope": (
        "",
        "int f() { return 1; }",
        "int f() { int* p; { int x = 1; p = &x; } return *p; }",
    ),
    "end of a temporary": (
        "",
        'char f() { return std::string("a")[0]; }',
        'char f() { const char* p = std::string("a").c_str(); return *p; }',
    ),
    "end of a temporary view": (
        "std::string g();",
        "char f() { return std::string_view(g())[0]; }",
        "char f() { std::string_view v = g(); return v[0]; }",
    ),
    "freed memory": (
        "",
        "int f(int* p) { int r = *p; delete p; return r; }",
        "int f(int* p) { delete p; return *p; }",
    ),
    "store in a destructor": ("struct D { int x; ~D(); };", "D::~D() { x = 0; }", "D::~D() { }"),
    "allocation": (
        "",
        "int f() { int* p = new int(3); delete p; return 3; }",
        "int f() { return 3; }",
    ),
    "order of arguments": (
        "int a(); int b(); int g(int, int);",
        "int f() { return g(a(), b()); }",
        "int f() { int y = b(); int x = a(); return g(y, x); }",
    ),
    "order that is open": (
        "int a(); int b(); int g(int, int);",
        "int f() { int y = b(); int x = a(); return g(x, y); }",
        "int f() { return g(a(), b()); }",
    ),
    "order that is open, left first": (
        "int a(); int b(); int g(int, int);",
        "int f() { int x = a(); int y = b(); return g(x, y); }",
        "int f() { return g(a(), b()); }",
    ),
    "order that is open, by addresses": (
        "int g(int*); int h(int*); int both(int, int);",
        "int f() { int a = 1; int y = h(&a); int x = g(&a); return both(x, y); }",
        "int f() { int a = 1; return both(g(&a), h(&a)); }",
    ),
    "order of a sum": (
        "int a(); int b();",
        "int f() { int x = a(); int y = b(); return x ^ y; }",
        "int f() { return a() ^ b(); }",
    ),
    "order of a global": (
        "extern int counter; int next(); int g(int, int);",
        "int f() { int n = next(); int c = counter; return g(c, n); }",
        "int f() { return g(counter, next()); }",
    ),
    "order of operators": (
        "struct M { int v; }; M operator+(M, M); M operator*(M, M);",
        "M f(M a, M b) { M y = b * b; M x = a * a; return x + y; }",
        "M f(M a, M b) { return a * a + b * b; }",
    ),
    "unsequenced": (
        "int g(int, int);",
        "int f(int i) { int a = i; return g(a, i + 1); }",
        "int f(int i) { return g(i++, i); }",
    ),
    "short circuit": (
        "bool p(); bool q();",
        "bool f() { return p() && q(); }",
        "bool f() { return p() & q(); }",
    ),
    "short circuit swapped": (
        "bool p(); bool q();",
        "bool f() { return p() && q(); }",
        "bool f() { return q() && p(); }",
    ),
    "exception caught": (
        "int g(int);",
        "int f(int a) { return g(a); }",
        "int f(int a) { try { return g(a); } catch (...) { return 0; } }",
    ),
    "another exception": (
        "int g(int);",
        "int f(int a) { try { return g(a); } catch (const std::runtime_error&) { return 0; } }",
        "int f(int a) { try { return g(a); } catch (const std::logic_error&) { return 0; } }",
    ),
    "another exception thrown": (
        "",
        'int f(int a) { if (a) throw std::runtime_error("x"); return 0; }',
        'int f(int a) { if (a) throw std::runtime_error("y"); return 0; }',
    ),
    "noexcept": (
        "int g(int);",
        "int f(int a) { return g(a); }",
        "int f(int a) noexcept { return g(a); }",
    ),
    "noexcept of the same code": (
        "",
        "int f(int a) { return a / 2; }",
        "int f(int a) noexcept { return a / 2; }",
    ),
    "NaN": (
        "",
        "bool f(double a, double b) { return a < b; }",
        "bool f(double a, double b) { return !(a >= b); }",
    ),
    "NaN is itself": (
        "",
        "bool f(double a) { (void)a; return true; }",
        "bool f(double a) { return a == a; }",
    ),
    "minus zero": (
        "",
        "double f(double a) { return a; }",
        "double f(double a) { return a + 0.0; }",
    ),
    "minus zero negated": (
        "",
        "double f(double a) { return -a; }",
        "double f(double a) { return 0.0 - a; }",
    ),
    "association": (
        "",
        "double f(double a, double b, double c) { return (a + b) + c; }",
        "double f(double a, double b, double c) { return a + (b + c); }",
    ),
    "reciprocal": (
        "",
        "double f(double a) { return a / 3.0; }",
        "double f(double a) { return a * (1.0 / 3.0); }",
    ),
    "contraction": (
        "",
        "double f(double a, double b, double c) { return a * b + c; }",
        "double f(double a, double b, double c) { return std::fma(a, b, c); }",
    ),
    "float and double": (
        "",
        "float f(float a) { return a * 0.1f; }",
        "float f(float a) { return a * 0.1; }",
    ),
    "float to int": (
        "",
        "int f(float a) { return a >= -9e8f && a < 9e8f ? (int)a : INT_MIN; }",
        "int f(float a) { return (int)a; }",
    ),
    "unsigned wrap": (
        "",
        "bool f(unsigned a) { return a + 1 > a; }",
        "bool f(unsigned a) { (void)a; return true; }",
    ),
    "unsigned comparison": (
        "",
        "bool f(int a, unsigned b) { return (unsigned)a < b; }",
        "bool f(int a, unsigned b) { return a < (long)b; }",
    ),
    "narrowing": ("", "long f(long a) { return a; }", "long f(long a) { int b = a; return b; }"),
    "plain char": ("", "int f(char a) { return a; }", "int f(char a) { return (unsigned char)a; }"),
    "bool of two": ("", "int f(int a) { return a; }", "int f(int a) { bool b = a; return b; }"),
    "enumeration": (
        "enum E : int { A, B };",
        "bool f(E e) { return e == B; }",
        "bool f(E e) { return e != A; }",
    ),
    "volatile": (
        "",
        "int f(volatile int& a) { return a + a / 2; }",
        "int f(volatile int& a) { int b = a; return b + b / 2; }",
    ),
    "volatile that is lost": (
        "",
        "int f(int a) { volatile int b = a; return b; }",
        "int f(int a) { int b = a; return b; }",
    ),
    "static local": (
        "",
        "int f() { static int n = 0; return ++n; }",
        "int f() { int n = 0; return ++n; }",
    ),
    "static local's value": (
        "",
        "int f() { static int n = 0; return ++n; }",
        "int f() { static int n = 1; return ++n; }",
    ),
    "static initialised once": (
        "int g();",
        "int f() { static int n = g(); return n; }",
        "int f() { static int n; n = g(); return n; }",
    ),
    "order of destructors": (
        "struct L { L(); ~L(); }; struct K { K(); ~K(); };",
        "void f() { L l; K k; }",
        "void f() { K k; L l; }",
    ),
    "lifetime": (
        "struct L { L(); ~L(); }; void g();",
        "void f() { L l; g(); }",
        "void f() { { L l; } g(); }",
    ),
    "temporary": (
        "struct L { L(); ~L(); int v(); }; void g(int);",
        "void f() { g(L().v()); }",
        "void f() { int v = L().v(); g(v); }",
    ),
    "copy": (
        "struct L { L(const L&); ~L(); }; L g(); void h(const L&);",
        "void f() { const L& l = g(); h(l); h(l); }",
        "void f() { L l = g(); L m = l; h(l); h(m); }",
    ),
    "default member initialiser": (
        "struct T { int a = 1; int b; T(); };",
        "T::T() : b(2) { }",
        "T::T() : a(2), b(2) { }",
    ),
    "string": ("void g(const char*);", 'void f() { g("abc"); }', 'void f() { g("abd"); }'),
    "space in a string": (
        "void g(const char*);",
        'void f() { g("a  b"); }',
        'void f() { g("a b"); }',
    ),
    "label in a string": (
        "void g(const char*);",
        'void f() { g(".LC0 .L1"); }',
        'void f() { g(".LC1 .L2"); }',
    ),
    "label in a table": (
        "void g(const char*, const char*);",
        'void f() { static char t[] = ".LC0"; g(t, "x"); }',
        'void f() { static char t[] = ".LC1"; g(t, "x"); }',
    ),
    "strings exchanged": (
        "void g(const char*);",
        'void f(int a) { if (a > 2) g("many"); else g("few"); }',
        'void f(int a) { if (a > 2) g("few"); else g("many"); }',
    ),
    "string's end": ("void g(const char*);", 'void f() { g("abc"); }', 'void f() { g("abc\\0"); }'),
    "number": (
        "",
        "double f(double a) { return a * 1.5; }",
        "double f(double a) { return a * 1.25; }",
    ),
    "table": (
        "",
        "int f(unsigned i) { static const int t[4] = {1, 9, 3, 7}; return t[i & 3]; }",
        "int f(unsigned i) { static const int t[4] = {1, 9, 7, 3}; return t[i & 3]; }",
    ),
    "switch arms": (
        "",
        "int f(int i) { switch (i) { case 1: return 11; case 2: return 5; case 3: return 99; case 4: return 2; case 5: return 1; default: return 0; } }",
        "int f(int i) { switch (i) { case 1: return 11; case 2: return 99; case 3: return 5; case 4: return 2; case 5: return 1; default: return 0; } }",
    ),
    "fall through": (
        "void g(int);",
        "void f(int i) { switch (i) { case 1: g(1); break; case 2: g(2); break; } }",
        "void f(int i) { switch (i) { case 1: g(1); case 2: g(2); break; } }",
    ),
    "virtual call": (
        "struct V { virtual int g(); virtual int h(); virtual ~V(); };",
        "int f(V& v) { return v.g(); }",
        "int f(V& v) { return v.V::g(); }",
    ),
    "another virtual call": (
        "struct V { virtual int g(); virtual int h(); virtual ~V(); };",
        "int f(V& v) { return v.g(); }",
        "int f(V& v) { return v.h(); }",
    ),
    "template": (
        "",
        "template <class T> T f(T a) { return a + 1; }",
        "template <class T> T f(T a) { return a + 2; }",
    ),
    "template of integers only": (
        "template <class T> bool less(T a, T b);",
        "template <class T> bool less(T a, T b) { return a < b; }",
        "template <class T> bool less(T a, T b) { return !(a >= b); }",
    ),
    "member of a template": (
        "template <class T> struct B { bool f(T a, T b); };",
        "template <class T> bool B<T>::f(T a, T b) { return a < b; }",
        "template <class T> bool B<T>::f(T a, T b) { return !(a >= b); }",
    ),
    "constant expression": (
        "constexpr int f(int a);",
        "constexpr int f(int a) { return a * 2; }",
        "constexpr int f(int a) { return a * 3; }",
    ),
    "condition that is not compiled": (
        "",
        "int f(int a) {\n#ifdef ELSEWHERE\n return a;\n#else\n return 1;\n#endif\n}",
        "int f(int a) {\n#ifdef ELSEWHERE\n return 2;\n#else\n return 1;\n#endif\n}",
    ),
    "macro that drops": (
        "#define DROP(x)\n",
        "int f(int a) { DROP(a); return 1; }",
        "int f(int a) { DROP(a + 1); return 1; }",
    ),
    "assertion changed": (
        "",
        "int f(int a) { assert(a > 1); return a; }",
        "int f(int a) { assert(a > 2); return a; }",
    ),
    "assertion lost": (
        "",
        "int f(int a) { assert(a > 1); return a; }",
        "int f(int a) { return a; }",
    ),
    "line number": ("", "int f() { return __LINE__; }", "int f() {\n\n return __LINE__; }"),
    "line number by a macro": (
        "#define HERE __LINE__\n",
        "int f() { return HERE; }",
        "int f() {\n\n return HERE; }",
    ),
    "two functions": (
        "",
        "int f(int a) { return a / 2; }",
        "int f(int a) { return a / 2; } static int other() { return 1; }",
    ),
    "hidden declaration": (
        "",
        "int f(int a) { return a / 2; }",
        "int f(int a) { return a / 2; } template <class T> struct Other;",
    ),
    "deduced type": (
        "",
        "auto f(int a) { return a != 0 ? 1 : 0; }",
        "auto f(int a) { return a != 0; }",
    ),
    "default argument": (
        "const int one = 1, two = 2;",
        "int f(int a = one) { return a / 2; }",
        "int f(int a = two) { return a / 2; }",
    ),
    "does not compile": ("", "int f(int a) { return a / 2; }", "int f(int a) { return b / 2; }"),
    "other linkage": (
        "",
        "int f(int a) { return a / 2; }",
        "static int f(int a) { return a / 2; }",
    ),
}
# What stands behind the function.
BEHIND = {
    "template of integers only": "bool use(int a) { return less(a, 2); }",
    "template": "int use(int a) { return f(a); }",
    "member of a template": "bool use(int a) { return B<int>().f(a, 2); }",
    "constant expression": "int used[f(2)];",
    "default argument": "int use() { return f(); }",
    "line number behind the function": "int use() { return __LINE__; }",
}
