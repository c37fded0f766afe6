"""Pairs of Java methods for the prover: EQUAL ones must be proved, UNEQUAL ones stay unknown.

Each is the text of members of one class that also has `MEMBERS`; the function under test is `f`.
"""

from __future__ import annotations

MEMBERS = """
    static int n; int m; int[] own; static Object lock = new Object();
    static int g(int x) { n += x; return n; }
    static int h(int x) { n *= x; return n; }
    static boolean p(int x) { n ^= x; return n > x; }
    static boolean q(int x) { n |= x; return n > x; }
    static Object o(int x) { return x > 3 ? null : "" + x; }
    private int secret; private static int hidden(int x) { return x + 1; }
    interface Op { int run(int x); }
    static class A { static int a = g(1); static int v() { return a; } }
    static class B { static int b = g(2); static int v() { return b; } }
    static class Res implements AutoCloseable { public void close() { g(9); } }
    enum E { X, Y, Z }
"""

EQUAL = {
    "comments in other words and places": (
        "static int f(int x) {\n// it isn't used\nint y = g(x); // one for all\nreturn y; }",
        "static int f(int x) {\n/* it is not used */\n// one for all\nint y = g(x);\nreturn y; }",
    ),
    "renamed locals": (
        "static int f(int[] xs) { int total = 0; for (int x : xs) total += x * x; return total; }",
        "static int f(int[] xs) { int acc = 0; for (int i : xs) acc += i * i; return acc; }",
    ),
    "for to while": (
        "static int f(int n) { int s = 0; for (int i = 0; i < n; ++i) s += i * i; return s; }",
        "static int f(int n) { int s = 0; int i = 0; while (i < n) { s += i * i; ++i; }"
        " return s; }",
    ),
    "if and else swapped": (
        "static int f(int a, int b) { int r; if (a < b) r = g(a); else r = h(b); return r; }",
        "static int f(int a, int b) { int r; if (!(a < b)) r = h(b); else r = g(a); return r; }",
    ),
    "ternary to if": (
        "static int f(int a, int b) { int r = a > b ? a * 3 : b * 5; return r; }",
        "static int f(int a, int b) { int r; if (a > b) r = a * 3; else r = b * 5; return r; }",
    ),
    "relation mirrored": (
        "static boolean f(int a, int b) { return a < b; }",
        "static boolean f(int a, int b) { return b > a; }",
    ),
    "relation mirrored, double": (
        "static boolean f(double a, double b) { return a < b; }",
        "static boolean f(double a, double b) { return b > a; }",
    ),
    "relation mirrored, float, with equality": (
        "static boolean f(float a, float b) { return a >= b; }",
        "static boolean f(float a, float b) { return b <= a; }",
    ),
    "relation mirrored, long": (
        "static boolean f(long a, long b) { return a <= b; }",
        "static boolean f(long a, long b) { return b >= a; }",
    ),
    "a double's relation negated both ways": (
        "static int f(double a, double b) { if (a < b) return 1; return 2; }",
        "static int f(double a, double b) { if (!(a < b)) return 2; return 1; }",
    ),
    "equality of doubles mirrored": (
        "static boolean f(double a, double b) { return a == b; }",
        "static boolean f(double a, double b) { return b == a; }",
    ),
    "greater than nine is at least ten": (
        "static boolean f(int a) { return a > 9; }",
        "static boolean f(int a) { return a >= 10; }",
    ),
    "De Morgan": (
        "static int f(boolean a, boolean b) { if (!(a && b)) return g(1); return h(2); }",
        "static int f(boolean a, boolean b) { if (!a || !b) return g(1); return h(2); }",
    ),
    "De Morgan with calls": (
        "static int f(int a, int b) { if (!(p(a) && q(b))) return g(1); return h(2); }",
        "static int f(int a, int b) { if (!p(a) || !q(b)) return g(1); return h(2); }",
    ),
    "explaining variables": (
        "static int f(int a, int b) { return (a + b) * (a - b); }",
        "static int f(int a, int b) { int s = a + b; int d = a - b; return s * d; }",
    ),
    "explaining variable of a condition": (
        "static int f(int a, int b) { if (p(a) && a < b) return g(1); return h(2); }",
        "static int f(int a, int b) { boolean ok = p(a) && a < b; if (ok) return g(1);"
        " return h(2); }",
    ),
    "explaining variable past a loop": (
        "static int f(int a, int k) { while (p(k)) k = g(k); return (a * 31) + k; }",
        "static int f(int a, int k) { int t = a * 31; while (p(k)) k = g(k); return t + k; }",
    ),
    "compound assignment": (
        "static int f(int[] xs) { int n = 0; for (int x : xs) { n = n + 1; } return n; }",
        "static int f(int[] xs) { int n = 0; for (int x : xs) { n += 1; } return n; }",
    ),
    "compound assignment narrows": (
        "static byte f(byte b) { b += 1; return b; }",
        "static byte f(byte b) { b = (byte) (b + 1); return b; }",
    ),
    "compound assignment of char narrows": (
        "static char f(char c, int by) { c *= by; return c; }",
        "static char f(char c, int by) { c = (char) (c * by); return c; }",
    ),
    "switch to ifs": (
        "static int f(int x) { switch (x) { case 1: return g(10); case 2: return h(20);"
        " default: return 30; } }",
        "static int f(int x) { if (x == 1) return g(10); else if (x == 2) return h(20);"
        " else return 30; }",
    ),
    "sparse switch to ifs in another order": (
        "static int f(int x) { switch (x) { case 1: return g(10); case 2000: return h(20);"
        " default: return 30; } }",
        "static int f(int x) { if (x == 2000) return h(20); if (x == 1) return g(10); return 30; }",
    ),
    "switch with fall-through, arms moved": (
        "static int f(int x) { int r = 0; switch (x) { case 1: r = g(1); case 2: r += h(2); break;"
        " case 3: r = 7; } return r; }",
        "static int f(int x) { int r = 0; switch (x) { case 3: r = 7; break; case 1: r = g(1);"
        " case 2: r += h(2); } return r; }",
    ),
    "switch on strings, renamed": (
        'static int f(String s) { int r; switch (s) { case "a": r = g(1); break; case "bb": r = 2;'
        " break; default: r = 3; } return r; }",
        'static int f(String s) { int out; switch (s) { case "a": { out = g(1); break; }'
        ' case "bb": return 2; default: out = 3; } return out; }',
    ),
    "early return": (
        "static int f(int x) { if (x < 0) { return -1; } else { return g(x * 2); } }",
        "static int f(int x) { if (x < 0) return -1; return g(x * 2); }",
    ),
    "recursion stays": (
        "static int f(int a, int b) { if (b == 0) return a; return f(b, a % b); }",
        "static int f(int a, int b) { if (b != 0) return f(b, a % b); return a; }",
    ),
    "pure statements reordered": (
        "static int f(int a, int b) { int x = a * 2; int y = b * 3; return x + y; }",
        "static int f(int a, int b) { int y = b * 3; int x = a * 2; return y + x; }",
    ),
    "dead code": (
        "static int f(int a) { return g(a + 1); }",
        "static int f(int a) { if (false) a = 99; return g(a + 1); }",
    ),
    "unused variable": (
        "static int f(int a) { return g(a + 1); }",
        "static int f(int a) { int unused = 0; return g(a + 1); }",
    ),
    "folded constants": (
        "static int f(int a) { return a * 60 * 24; }",
        "static int f(int a) { return a * (60) * (12 * 2); }",
    ),
    "sums reordered, wrap-around": (
        "static int f(int a, int b, int c) { return (a + b) + c - 3; }",
        "static int f(int a, int b, int c) { return c + (b - 3 + a); }",
    ),
    "shift for a factor": (
        "static long f(long a) { return a << 3; }",
        "static long f(long a) { return a * 8; }",
    ),
    "index to for-each": (
        "static int f(int[] xs) { int s = 0; for (int i = 0; i < xs.length; ++i) s += xs[i];"
        " return s; }",
        "static int f(int[] xs) { int s = 0; for (int x : xs) s += x; return s; }",
    ),
    "boolean return": (
        "static boolean f(int a, int b) { if (a < b) return true; return false; }",
        "static boolean f(int a, int b) { return a < b; }",
    ),
    "boolean return of a call": (
        "static boolean f(int a) { if (p(a)) { return true; } else { return false; } }",
        "static boolean f(int a) { return p(a); }",
    ),
    "boolean return of a negated call": (
        "static boolean f(int a) { if (p(a)) { return false; } else { return true; } }",
        "static boolean f(int a) { return !p(a); }",
    ),
    "guard clause in a loop": (
        "static int f(int[] xs) { int s = 0; for (int x : xs) { if (p(x)) { s += g(x); } }"
        " return s; }",
        "static int f(int[] xs) { int s = 0; for (int x : xs) { if (!p(x)) continue; s += g(x); }"
        " return s; }",
    ),
    "guard clause in a while": (
        "static void f(int k) { while (k-- > 0) { if (p(k)) { g(k); h(k); } } }",
        "static void f(int k) { while (k-- > 0) { if (!p(k)) { continue; } g(k); h(k); } }",
    ),
    "nested conditions": (
        "static int f(int a, int b) { if (p(a)) { if (q(b)) { return g(a); } } return 0; }",
        "static int f(int a, int b) { if (p(a) && q(b)) { return g(a); } return 0; }",
    ),
    "inside try": (
        "static int f(String s) { try { if (s.length() > 2) { return Integer.parseInt(s); }"
        " return g(1); } catch (NumberFormatException e) { return h(2); } finally { g(3); } }",
        "static int f(String s) { try { int k = s.length(); if (!(k > 2)) { return g(1); } else {"
        " return Integer.parseInt(s); } } catch (NumberFormatException e) { return h(2); }"
        " finally { g(3); } }",
    ),
    "inside try with resources": (
        "static int f(int a) throws Exception { try (Res r = new Res()) { if (p(a)) { return g(a);"
        " } return h(a); } }",
        "static int f(int a) throws Exception { try (Res r = new Res()) { if (!p(a)) { return h(a);"
        " } return g(a); } }",
    ),
    "inside synchronized": (
        "static int f(int a) { synchronized (lock) { if (a > 0) return g(a); else return h(a); } }",
        "static int f(int a) { synchronized (lock) { if (a <= 0) return h(a); return g(a); } }",
    ),
    "inside a lambda": (
        "static Op f(int k) { return x -> { if (x > k) { return g(x); } else { return h(k); } }; }",
        "static Op f(int k) { return y -> { if (y <= k) { return h(k); } return g(y); }; }",
    ),
    "lambdas in the other order": (
        "static Op f(int k) { if (k > 0) { return x -> g(x + k); } else { return x -> h(x - k); }"
        " }",
        "static Op f(int k) { if (k <= 0) { return x -> h(x - k); } else { return x -> g(x + k); }"
        " }",
    ),
    "anonymous classes in the other order": (
        "static Op f(int k) { if (k > 0) { return new Op() { public int run(int x) { return g(k);"
        " } }; } return new Op() { public int run(int x) { return h(x); } }; }",
        "static Op f(int k) { if (k <= 0) { return new Op() { public int run(int x) { return h(x);"
        " } }; } return new Op() { public int run(int x) { return g(k); } }; }",
    ),
    "inside an anonymous class": (
        "static Op f(int k) { return new Op() { public int run(int x) { if (x > k) return g(x);"
        " return h(x); } }; }",
        "static Op f(int k) { return new Op() { public int run(int x) { boolean more = x > k;"
        " if (more) { return g(x); } else { return h(x); } } }; }",
    ),
    "accessors in the other order": (
        "class In { int f(boolean b) { if (b) { return secret; } return hidden(2); } }"
        " int f(boolean b) { return new In().f(b); }",
        "class In { int f(boolean b) { if (!b) { return hidden(2); } return secret; } }"
        " int f(boolean b) { return new In().f(b); }",
    ),
    "labelled break as a return": (
        "static int f(int[][] xs) { int r = -1; outer: for (int[] row : xs) { for (int x : row) {"
        " if (p(x)) { r = x; break outer; } } } return r; }",
        "static int f(int[][] xs) { for (int[] row : xs) { for (int x : row) { if (p(x)) {"
        " return x; } } } return -1; }",
    ),
    "string concatenation with a variable": (
        'static String f(int a, String b) { return "x=" + (a + 1) + b; }',
        'static String f(int a, String b) { int next = 1 + a; return "x=" + next + b; }',
    ),
    "assertion kept": (
        "static int f(int a) { assert a > 0; if (a > 5) return g(a); return h(a); }",
        "static int f(int a) { assert a > 0; if (a <= 5) return h(a); return g(a); }",
    ),
    "switch on an enum": (
        "static int f(E e) { switch (e) { case X: return g(1); case Y: return g(2);"
        " default: return 0; } }",
        "static int f(E e) { int r; switch (e) { case X: r = g(1); break; case Y: r = g(2); break;"
        " default: r = 0; } return r; }",
    ),
    "null check, other way round": (
        "static int f(String s) { if (s == null) return 0; return s.length(); }",
        "static int f(String s) { if (s != null) { return s.length(); } return 0; }",
    ),
    "instanceof": (
        "static int f(Object s) { if (!(s instanceof String)) return 0;"
        " return ((String) s).length(); }",
        "static int f(Object s) { if (s instanceof String) { String t = (String) s;"
        " return t.length(); } return 0; }",
    ),
    "unboxing stays where it was": (
        "static int f(Integer a, int b) { return b > 0 ? a : b; }",
        "static int f(Integer a, int b) { if (b > 0) { return a; } else { return b; } }",
    ),
    "do while": (
        "static int f(int k) { int s = 0; do { s += g(k); k--; } while (k > 0); return s; }",
        "static int f(int n) { int sum = 0; do { sum = g(n) + sum; n -= 1; } while (!(n <= 0));"
        " return sum; }",
    ),
    "endless loop": (
        "static void f() { for (;;) { g(1); } }",
        "static void f() { while (true) { g(1); } }",
    ),
    "long sums": (
        "static long f(int[] xs) { long s = 0; for (int x : xs) s = s * 31 + x; return s; }",
        "static long f(int[] xs) { long s = 0L; for (int x : xs) { s = x + 31 * s; } return s; }",
    ),
    "division by a constant moved": (
        "static int f(int a, int b) { int x = a / 10; int y = g(b); return x + y; }",
        "static int f(int a, int b) { int y = g(b); int x = a / 10; return x + y; }",
    ),
    "division in a loop": (
        "static int f(int[] xs, int b) { int s = 0; for (int x : xs) { s += (x > 3 ? s / b : x % s)"
        " + g(x); } return s; }",
        "static int f(int[] xs, int b) { int s = 0; for (int x : xs) { int k; if (x <= 3) {"
        " k = x % s; } else { k = s / b; } s = s + (k + g(x)); } return s; }",
    ),
    "constant strings": (
        'static String f(boolean b) { return b ? "on" : "off"; }',
        'static String f(boolean b) { String r = "off"; if (b) r = "o" + "n"; return r; }',
    ),
}

UNEQUAL = {
    "overflow": (
        "static boolean f(int a) { return a + 1 > a; }",
        "static boolean f(int a) { return true; }",
    ),
    "difference for a relation": (
        "static boolean f(int a, int b) { return a < b; }",
        "static boolean f(int a, int b) { return a - b < 0; }",
    ),
    "relation with equality": (
        "static boolean f(int a, int b) { return a < b; }",
        "static boolean f(int a, int b) { return a <= b; }",
    ),
    "constant": ("static int f() { return 1; }", "static int f() { return 2; }"),
    "string constant": (
        'static String f() { return "ab"; }',
        'static String f() { return "ac"; }',
    ),
    "short circuit": (
        "static boolean f(int a, int b) { return p(a) && q(b); }",
        "static boolean f(int a, int b) { return p(a) & q(b); }",
    ),
    "order of calls": (
        "static int f(int a, int b) { return g(a) + h(b); }",
        "static int f(int a, int b) { int y = h(b); int x = g(a); return x + y; }",
    ),
    "order of calls in a condition": (
        "static boolean f(int a, int b) { return p(a) && q(b); }",
        "static boolean f(int a, int b) { return q(b) && p(a); }",
    ),
    "field read moved over a call": (
        "static int f(int a) { int x = n; return g(a) + x; }",
        "static int f(int a) { return g(a) + n; }",
    ),
    "field read twice": (
        "int f() { int x = m; return x + x; }",
        "int f() { return m + m; }",
    ),
    "call once or twice": (
        "static int f(int a) { int x = g(a); return x + x; }",
        "static int f(int a) { return g(a) + g(a); }",
    ),
    "other handler": (
        "static int f(String s) { try { return s.length(); } catch (NullPointerException e)"
        " { return 0; } }",
        "static int f(String s) { try { return s.length(); } catch (RuntimeException e)"
        " { return 0; } }",
    ),
    "call moved out of try": (
        "static int f(int a) { int x; try { x = g(a); } catch (RuntimeException e) { return 0; }"
        " return x; }",
        "static int f(int a) { int x = g(a); try { x += 0; } catch (RuntimeException e) { return 0;"
        " } return x; }",
    ),
    "call moved into try": (
        "static int f(int a) { int x = 0; try { x = g(a); } catch (RuntimeException e) { x = 1; }"
        " h(x); return x; }",
        "static int f(int a) { int x = 0; try { x = g(a); h(x); } catch (RuntimeException e) {"
        " x = 1; h(x); } return x; }",
    ),
    "order of handlers' work": (
        "static int f(int a) { try { return g(a); } finally { h(1); g(2); } }",
        "static int f(int a) { try { return g(a); } finally { g(2); h(1); } }",
    ),
    "finally overrides the result": (
        "static int f(int a) { int r = 0; try { r = g(a); return r; } finally { r = 5; } }",
        "static int f(int a) { int r = 0; try { r = g(a); } finally { r = 5; } return r; }",
    ),
    "aliased array": (
        "static int f(int[] a, int[] b) { a[0] = 1; b[0] = 2; return a[0]; }",
        "static int f(int[] a, int[] b) { a[0] = 1; b[0] = 2; return 1; }",
    ),
    "aliased stores": (
        "static void f(int[] a, int[] b) { a[0] = 1; b[0] = 2; }",
        "static void f(int[] a, int[] b) { b[0] = 2; a[0] = 1; }",
    ),
    "NaN": (
        "static boolean f(double a, double b) { return !(a < b); }",
        "static boolean f(double a, double b) { return a >= b; }",
    ),
    "NaN, float, in a branch": (
        "static int f(float a, float b) { if (a > b) return g(1); return h(1); }",
        "static int f(float a, float b) { if (a <= b) return h(1); return g(1); }",
    ),
    "NaN is not itself": (
        "static boolean f(double a) { return a == a; }",
        "static boolean f(double a) { return true; }",
    ),
    "minus zero": (
        "static double f() { return 0.0; }",
        "static double f() { return -0.0; }",
    ),
    "minus zero added": (
        "static double f(double a) { return a + 0.0; }",
        "static double f(double a) { return a; }",
    ),
    "zero minus": (
        "static double f(double a) { return -a; }",
        "static double f(double a) { return 0.0 - a; }",
    ),
    "doubles reassociated": (
        "static double f(double a, double b, double c) { return a + b + c; }",
        "static double f(double a, double b, double c) { return a + (b + c); }",
    ),
    "widened too late": (
        "static long f(int a, int b) { return (long) a * b; }",
        "static long f(int a, int b) { return a * b; }",
    ),
    "widened too late in a sum": (
        "static long f(int a) { return a + 1L; }",
        "static long f(int a) { return a + 1; }",
    ),
    "byte not narrowed": (
        "static int f(byte b) { b += 1; return b; }",
        "static int f(byte b) { return b + 1; }",
    ),
    "char for short": (
        "static int f(int a) { return (char) a; }",
        "static int f(int a) { return (short) a; }",
    ),
    "unsigned shift": (
        "static int f(int a) { return a >> 1; }",
        "static int f(int a) { return a >>> 1; }",
    ),
    "division for a shift": (
        "static int f(int a) { return a / 2; }",
        "static int f(int a) { return a >> 1; }",
    ),
    "shift distance is masked by type": (
        "static int f(int a) { return a << 33; }",
        "static int f(int a) { return a << 34; }",
    ),
    "identity for equality": (
        "static boolean f(String a, String b) { return a == b; }",
        "static boolean f(String a, String b) { return a.equals(b); }",
    ),
    "boxed identity": (
        "static boolean f(Integer a, Integer b) { return a == b; }",
        "static boolean f(Integer a, Integer b) { return a.intValue() == b.intValue(); }",
    ),
    "boxed anew": (
        "static Integer f(Integer a) { return a; }",
        "static Integer f(Integer a) { int x = a; return x; }",
    ),
    "a string made anew": (
        'static String f() { return "a"; }',
        'static String f() { return new String("a"); }',
    ),
    "ternary unboxes": (
        "static Object f(boolean c, Integer a, int b) { if (c) { return a; } return b; }",
        "static Object f(boolean c, Integer a, int b) { return c ? a : b; }",
    ),
    "ternary promotes": (
        "static Object f(boolean c, int a, double b) { Object r; if (c) r = a; else r = b;"
        " return r; }",
        "static Object f(boolean c, int a, double b) { return c ? a : b; }",
    ),
    "string switch arm": (
        'static int f(String s) { switch (s) { case "a": return 1; case "b": return 2;'
        " default: return 3; } }",
        'static int f(String s) { switch (s) { case "a": return 1; case "c": return 2;'
        " default: return 3; } }",
    ),
    "string switch on null": (
        'static int f(String s) { switch (s) { case "a": return 1; default: return 3; } }',
        'static int f(String s) { if ("a".equals(s)) return 1; return 3; }',
    ),
    "fall-through lost": (
        "static int f(int x) { int r = 0; switch (x) { case 1: r = g(1); case 2: r += h(2); }"
        " return r; }",
        "static int f(int x) { int r = 0; switch (x) { case 1: r = g(1); break; case 2: r += h(2);"
        " } return r; }",
    ),
    "switch default": (
        "static int f(int x) { switch (x) { case 1: return g(1); default: return h(1); } }",
        "static int f(int x) { switch (x) { case 1: return g(1); case 2: return g(2);"
        " default: return h(1); } }",
    ),
    "switch arms swapped": (
        "static int f(int x) { switch (x) { case 1: return g(1); case 2: return g(2); }"
        " return 0; }",
        "static int f(int x) { switch (x) { case 2: return g(1); case 1: return g(2); }"
        " return 0; }",
    ),
    "division before a call": (
        "static int f(int a, int b) { int x = a / b; return g(a) + x; }",
        "static int f(int a, int b) { int y = g(a); return y + a / b; }",
    ),
    "unused division": (
        "static int f(int a, int b) { int unused = a / b; return a; }",
        "static int f(int a, int b) { return a; }",
    ),
    "remainder for division": (
        "static int f(int a, int b) { return a / b; }",
        "static int f(int a, int b) { return a % b; }",
    ),
    "array bounds before a call": (
        "static int f(int[] a, int i) { int x = a[i]; g(1); return x; }",
        "static int f(int[] a, int i) { g(1); return a[i]; }",
    ),
    "order of array reads": (
        "static int f(int[] a, int[] b) { return a[0] + b[0]; }",
        "static int f(int[] a, int[] b) { return b[0] + a[0]; }",
    ),
    "length before a call": (
        "static int f(int[] a) { int k = a.length; g(1); return k; }",
        "static int f(int[] a) { g(1); return a.length; }",
    ),
    "order of static initialisation": (
        "static int f() { return A.v() + B.v(); }",
        "static int f() { return B.v() + A.v(); }",
    ),
    "static initialisation by a field": (
        "static int f(int k) { int x = A.a; return g(k) + x; }",
        "static int f(int k) { int y = g(k); return y + A.a; }",
    ),
    "without synchronized": (
        "static int f(int a) { synchronized (lock) { return g(a); } }",
        "static int f(int a) { return g(a); }",
    ),
    "synchronized method": (
        "static synchronized int f(int a) { return g(a); }",
        "static int f(int a) { return g(a); }",
    ),
    "call moved out of synchronized": (
        "static int f(int a) { synchronized (lock) { g(a); h(a); } return 0; }",
        "static int f(int a) { synchronized (lock) { g(a); } h(a); return 0; }",
    ),
    "lambda captures another": (
        "static Op f(int k, int j) { return x -> g(x + k); }",
        "static Op f(int k, int j) { return x -> g(x + j); }",
    ),
    "lambda's body": (
        "static Op f(int k) { return x -> g(x); }",
        "static Op f(int k) { return x -> h(x); }",
    ),
    "lambda reads a field later": (
        "Op f() { int k = m; return x -> x + k; }",
        "Op f() { return x -> x + m; }",
    ),
    "lambdas swapped": (
        "static Op f(boolean b) { return b ? x -> g(x) : x -> h(x); }",
        "static Op f(boolean b) { return b ? x -> h(x) : x -> g(x); }",
    ),
    "anonymous classes swapped": (
        "static Op f(boolean b) { if (b) { return new Op() { public int run(int x) { return g(x); }"
        " }; } return new Op() { public int run(int x) { return h(x); } }; }",
        "static Op f(boolean b) { if (b) { return new Op() { public int run(int x) { return h(x); }"
        " }; } return new Op() { public int run(int x) { return g(x); } }; }",
    ),
    "accessors swapped": (
        "class In { int f(boolean b) { if (b) { return secret; } return hidden(2); } }"
        " int f(boolean b) { return new In().f(b); }",
        "class In { int f(boolean b) { if (b) { return hidden(2); } return secret; } }"
        " int f(boolean b) { return new In().f(b); }",
    ),
    "labelled break": (
        "static int f(int[][] xs) { int r = 0; outer: for (int[] row : xs) { for (int x : row) {"
        " if (p(x)) { break outer; } r++; } } return r; }",
        "static int f(int[][] xs) { int r = 0; for (int[] row : xs) { for (int x : row) {"
        " if (p(x)) { break; } r++; } } return r; }",
    ),
    "continue for break": (
        "static int f(int k) { int r = 0; for (int i = 0; i < k; i++) { if (p(i)) { break; } r++; }"
        " return r; }",
        "static int f(int k) { int r = 0; for (int i = 0; i < k; i++) { if (p(i)) { continue; }"
        " r++; } return r; }",
    ),
    "loop bound": (
        "static int f(int k) { int r = 0; for (int i = 0; i < k; i++) { r += i; } return r; }",
        "static int f(int k) { int r = 0; for (int i = 0; i <= k; i++) { r += i; } return r; }",
    ),
    "loop step": (
        "static int f(int k) { int r = 0; for (int i = 0; i < k; i++) { r += i; } return r; }",
        "static int f(int k) { int r = 0; for (int i = 0; i < k; i += 2) { r += i; } return r; }",
    ),
    "loop start": (
        "static int f(int k) { int r = 0; for (int i = 0; i < k; i++) { r += i; } return r; }",
        "static int f(int k) { int r = 1; for (int i = 0; i < k; i++) { r += i; } return r; }",
    ),
    "loop swaps or not": (
        "static int f(int k) { int a = 0, b = 1; while (k-- > 0) { int t = a; a = b; b = t; }"
        " return a; }",
        "static int f(int k) { int a = 0, b = 1; while (k-- > 0) { int t = a; a = a; b = b; }"
        " return a; }",
    ),
    "one never ends": (
        "static int f(int k) { while (k > 0) { } return 1; }",
        "static int f(int k) { return 1; }",
    ),
    "one never ends, on a constant": (
        "static int f() { while (n == n) { } return 1; }",
        "static int f() { return 1; }",
    ),
    "one runs on, without effect": (
        "static int f(int k) { for (int i = 0; i != k; i += 2) { } return 1; }",
        "static int f(int k) { return 1; }",
    ),
    "while for do while": (
        "static void f(int k) { do { g(k); } while (--k > 0); }",
        "static void f(int k) { while (--k > 0) { g(k); } }",
    ),
    "bound asked once": (
        "static int f(java.util.List<String> xs) { int r = 0; for (int i = 0; i < xs.size(); i++) {"
        " r += g(i); } return r; }",
        "static int f(java.util.List<String> xs) { int r = 0; int k = xs.size(); for (int i = 0;"
        " i < k; i++) { r += g(i); } return r; }",
    ),
    "field's length asked once": (
        "int f() { int r = 0; for (int i = 0; i < own.length; i++) { r += own[i]; } return r; }",
        "int f() { int r = 0; int[] xs = own; for (int i = 0; i < xs.length; i++) { r += xs[i]; }"
        " return r; }",
    ),
    "concatenation order": (
        'static String f(Object a, Object b) { return "" + a + b; }',
        'static String f(Object a, Object b) { return "" + b + a; }',
    ),
    "concatenation text": (
        'static String f(Object a) { return "a=" + a; }',
        'static String f(Object a) { return "a:" + a; }',
    ),
    "concatenation of a char": (
        'static String f(char a) { return "" + a; }',
        'static String f(char a) { return "" + (int) a; }',
    ),
    "overload": (
        "static void f(StringBuilder s, char c) { s.append(c); }",
        "static void f(StringBuilder s, char c) { s.append((int) c); }",
    ),
    "cast left out": (
        "static Object f(Object a) { return (String) a; }",
        "static Object f(Object a) { return a; }",
    ),
    "cast moved over a call": (
        "static String f(Object a) { String s = (String) a; g(1); return s; }",
        "static String f(Object a) { g(1); return (String) a; }",
    ),
    "null check left out": (
        "static int f(String s) { return s == null ? 0 : s.length(); }",
        "static int f(String s) { return s.length(); }",
    ),
    "instanceof another": (
        "static boolean f(Object a) { return a instanceof String; }",
        "static boolean f(Object a) { return a instanceof Integer; }",
    ),
    "assertion left out": (
        "static int f(int a) { assert a > 0; return 1; }",
        "static int f(int a) { return 1; }",
    ),
    "assertion's condition": (
        "static int f(int a) { assert a > 0; return 1; }",
        "static int f(int a) { assert a >= 0; return 1; }",
    ),
    "allocation left out": (
        "static int f(int a) { Object unused = new Object(); return a; }",
        "static int f(int a) { return a; }",
    ),
    "array size": (
        "static int[] f(int a) { return new int[a]; }",
        "static int[] f(int a) { return new int[a + 1]; }",
    ),
    "thrown type": (
        "static int f(int a) { if (a < 0) throw new IllegalArgumentException(); return a; }",
        "static int f(int a) { if (a < 0) throw new IllegalStateException(); return a; }",
    ),
    "enum constant": ("static E f() { return E.X; }", "static E f() { return E.Y; }"),
    "post-increment": (
        "static int f(int a) { return g(a++) + a; }",
        "static int f(int a) { return g(++a) + a; }",
    ),
    "annotation": (
        "@Deprecated static int f(int a) { return a; }",
        "static int f(int a) { return a; }",
    ),
    "constant of a field beside it": (
        "static final int K = 1; static int f(int a) { return a + 1; }",
        "static final int K = 2; static int f(int a) { return a + 1; }",
    ),
    "another method": (
        "static int other(int a) { return a; } static int f(int a) { return g(a); }",
        "static int other(int a) { int b = a; return b + 0; } static int f(int a) { return g(a); }",
    ),
    "strings that look like types": (
        "static Object f() { return int[].class; }",
        'static Object f() { return "[I"; }',
    ),
    "int for long constant": (
        "static Object f() { return 1; }",
        "static Object f() { return 1L; }",
    ),
    "operands of a comparison chain": (
        "static int f(long a, long b) { return Long.compare(a, b); }",
        "static int f(long a, long b) { return Long.compare(b, a); }",
    ),
}
