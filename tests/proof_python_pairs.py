"""Pairs of Python functions for the prover: those that are the same, and those that are not."""

from __future__ import annotations

SAME: dict[str, tuple[str, str]] = {}
DIFFERENT: dict[str, tuple[str, str]] = {}


def _read(table: dict[str, tuple[str, str]], text: str) -> None:
    """Cases are `## name`, the original, `##`, the variant."""
    for case in text.split("\n## ")[1:]:
        name, _, bodies = case.partition("\n")
        original, variant = bodies.split("\n##\n")
        assert name not in table
        table[name] = (original + "\n", variant + "\n")


_read(
    SAME,
    """
## a local is renamed
def f(xs):
    total = 0
    for x in xs:
        total += x
    return total
##
def f(xs):
    acc = 0
    for item in xs:
        acc += item
    return acc
## the branches of an if are swapped
def f(a, b):
    if a < b:
        r = a
    else:
        r = g(b)
    return r
##
def f(a, b):
    if not a < b:
        r = g(b)
    else:
        r = a
    return r
## a conditional expression becomes an if
def f(a, b):
    r = a if a > b else b
    return r
##
def f(a, b):
    if a > b:
        r = a
    else:
        r = b
    return r
## a guard clause instead of nesting
def f(a):
    if a.ready:
        b = a.work()
        return b + 1
##
def f(a):
    if not a.ready:
        return
    b = a.work()
    return b + 1
## nested ifs are merged
def f(a, b):
    if a:
        if b.c:
            g(a)
    return b
##
def f(a, b):
    if a and b.c:
        g(a)
    return b
## De Morgan in a loop with continue
def f(a, xs):
    for x in xs:
        if not (a and x):
            continue
        yield x
##
def f(a, xs):
    for x in xs:
        if a and x:
            yield x
## a membership test is a boolean
def f(a, xs):
    if a in xs:
        return True
    return False
##
def f(a, xs):
    return a in xs
## identity is a boolean
def f(a):
    return a is None
##
def f(a):
    if a is not None:
        return False
    else:
        return True
## not gives a boolean
def f(a):
    if a:
        return False
    return True
##
def f(a):
    return not a
## a boolean that is kept in a variable
def f(a, xs):
    found = a in xs
    g(found)
    return found
##
def f(a, xs):
    if a in xs:
        found = True
    else:
        found = False
    g(found)
    return found
## a part of an expression gets a name
def f(a, b):
    return (a + b) * (a - b)
##
def f(a, b):
    total = a + b
    difference = a - b
    return total * difference
## a variable is put into its only use
def f(a, b):
    key = a.key()
    return b[key]
##
def f(a, b):
    return b[a.key()]
## tuples are swapped by a third name
def f(a, b, n):
    while n:
        a, b = b, a
        n = n - 1
    return a, b
##
def f(a, b, n):
    while n:
        t = a
        a = b
        b = t
        n = n - 1
    return a, b
## four values are assigned at once
def f(a, b, c, d):
    a, b, c, d = d, c, b, a
    return g(a, b, c, d)
##
def f(a, b, c, d):
    t = a
    a = d
    d = t
    t = b
    b = c
    c = t
    return g(a, b, c, d)
## dead code and dead stores
def f(a):
    if 0:
        g(a)
    x = 1
    return a
##
def f(a):
    return a
## constants of numbers are folded
def f(a):
    n = 60
    return a * (n * 24)
##
def f(a):
    return a * 1440
## one new list becomes a name
def f(a):
    g([a, 1])
##
def f(a):
    items = [a, 1]
    g(items)
## rename inside try, except and finally
def f(a):
    try:
        r = a.b()
    except ValueError as e:
        r = g(e)
    finally:
        a.close()
    return r
##
def f(a):
    try:
        result = a.b()
    except ValueError as error:
        result = g(error)
    finally:
        a.close()
    return result
## branches swapped inside with
def f(a):
    with a.open() as h:
        if h.x:
            return h.read()
        else:
            h.skip()
    return a
##
def f(a):
    with a.open() as h:
        if not h.x:
            h.skip()
        else:
            return h.read()
    return a
## return in else or after it, inside try
def f(a):
    try:
        x = a.b
    except AttributeError:
        return None
    else:
        if x:
            return g(x)
        return x
##
def f(a):
    try:
        x = a.b
    except AttributeError:
        return None
    if not x:
        return x
    return g(x)
## a generator with yield from and a renamed local
def f(xs):
    for x in xs:
        y = yield x
        if y:
            yield from y
    return 3
##
def f(xs):
    for item in xs:
        sent = yield item
        if not sent:
            continue
        yield from sent
    return 3
## a coroutine
async def f(a):
    async with a.lock() as l:
        async for x in l:
            if await x:
                return x
            else:
                await g(x)
##
async def f(a):
    async with a.lock() as held:
        async for one in held:
            if not await one:
                await g(one)
            else:
                return one
## a comprehension's variable is renamed
def f(xs, k):
    return [x + k for x in xs if x], {x: k for x in xs}
##
def f(xs, k):
    return [item + k for item in xs if item], {key: k for key in xs}
## inside a comprehension
def f(xs):
    return [a if a.b else None for a in xs]
##
def f(xs):
    return [None if not a.b else a for a in xs]
## an f-string of a name
def f(a, b):
    return f"{a.x!r}: {b + 1:>{a.y}}"
##
def f(a, b):
    x = a.x
    return f"{x!r}: {b + 1:>{a.y}}"
## star arguments
def f(a, *args, **kwargs):
    if a:
        return g(*args, k=1, **kwargs)
    else:
        return g(a, *args)
##
def f(a, *args, **kwargs):
    if not a:
        return g(a, *args)
    return g(*args, k=1, **kwargs)
## a closure's own local is renamed
def f(a):
    def inner(b):
        c = a + b
        return c
    return inner
##
def f(a):
    def inner(b):
        total = a + b
        return total
    return inner
## branches swapped inside a closure
def f(a):
    def inner(b):
        if b:
            return a
        return None
    return inner
##
def f(a):
    def inner(b):
        if not b:
            return None
        return a
    return inner
## a match statement
def f(a):
    match a:
        case {"k": v, **rest}:
            return g(v, rest)
        case [x, *xs] if x:
            return xs
        case C(p=1) | None:
            return 1
        case _:
            return a
##
def f(a):
    match a:
        case {"k": value, **other}:
            return g(value, other)
        case [head, *tail] if head:
            return tail
        case C(p=1) | None:
            return 1
    return a
## chained comparison with a named middle
def f(a, b):
    if a.x < b.y < 3:
        return 1
    return 2
##
def f(a, b):
    if not a.x < b.y < 3:
        return 2
    return 1
## walrus or assignment
def f(a):
    if (m := a.match()) is not None:
        return m.end()
    return 0
##
def f(a):
    m = a.match()
    if m is None:
        return 0
    return m.end()
## while loop with inverted exit
def f(a):
    while True:
        x = a.next()
        if x is None:
            break
        g(x)
##
def f(a):
    while True:
        x = a.next()
        if x is not None:
            g(x)
        else:
            break
## a global and a nonlocal
def f(a):
    global seen
    n = 0
    def inc():
        nonlocal n
        n += 1
    if a:
        inc()
        seen = n
    else:
        seen = a
    return n
##
def f(a):
    global seen
    n = 0
    def inc():
        nonlocal n
        n += 1
    if not a:
        seen = a
    else:
        inc()
        seen = n
    return n
## deleting a name and reading another
def f(a):
    b = a.x
    del b
    return a
##
def f(a):
    c = a.x
    del c
    return a
## assert and raise
def f(a):
    assert a.ok, "no"
    if a.bad:
        raise ValueError(a) from None
    return a
##
def f(a):
    ok = a.ok
    assert ok, "no"
    bad = a.bad
    if not bad:
        return a
    raise ValueError(a) from None
## NaN and other odd constants stay
def f(a):
    x = a.b
    return x, 1e999 - 1e999, -0.0, 1, True, 1.0, 0j, "é", b"b", ..., (1, (2.0, None))
##
def f(a):
    return a.b, 1e999 - 1e999, -0.0, 1, True, 1.0, 0j, "é", b"b", ..., (1, (2.0, None))
## a list of a tuple is made on one branch
def f(a):
    if a is None:
        a = []
    elif isinstance(a, str):
        a = [(a, None)]
    for x in a:
        g(x)
##
def f(a):
    if a is not None:
        if isinstance(a, str):
            a = [(a, None)]
    else:
        a = []
    for x in a:
        g(x)
## what is known of identity stays known
def f(a, timeout=None):
    if timeout is MISSING:
        a.t = a.default()
    elif timeout is None:
        a.t = timeout
    else:
        a.t = float(timeout)
##
def f(a, timeout=None):
    if timeout is not MISSING:
        if timeout is not None:
            a.t = float(timeout)
        else:
            a.t = timeout
    else:
        a.t = a.default()
## super in a renamed method's body
class C(B):
    def f(self, a):
        x = super().f(a)
        return x
##
class C(B):
    def f(self, a):
        y = super().f(a)
        return y
""",
)

_read(
    DIFFERENT,
    """
## order of calls
def f(a, b):
    return a() + b()
##
def f(a, b):
    y = b()
    x = a()
    return x + y
## operands of an operator
def f(a, b):
    return a + b
##
def f(a, b):
    return b + a
## comparison turned round
def f(a, b):
    return a < b
##
def f(a, b):
    return b > a
## comparison negated by its complement
def f(a, b):
    if a < b:
        return 1
    return 2
##
def f(a, b):
    if a >= b:
        return 2
    return 1
## equality negated by its complement
def f(a, b):
    return not a == b
##
def f(a, b):
    return a != b
## short circuit lost
def f(a, b):
    return a and b()
##
def f(a, b):
    x = b()
    return a and x
## short circuit in another order
def f(a, b):
    if a.x and b.x:
        return 1
##
def f(a, b):
    if b.x and a.x:
        return 1
## and returns an operand
def f(a, b):
    return a and b
##
def f(a, b):
    return bool(a and b)
## and for a conditional
def f(a, b):
    return a if not a else b
##
def f(a, b):
    return True if a and b else False
## truth is no boolean
def f(a):
    if a:
        return True
    return False
##
def f(a):
    return a
## a comparison is no boolean
def f(a, b):
    if a == b:
        return True
    return False
##
def f(a, b):
    return a == b
## tested once or twice
def f(a):
    if a:
        return 1
    return 2
##
def f(a):
    if a and a:
        return 1
    return 2
## one, true and one point nought
def f():
    return 1
##
def f():
    return True
## one and one point nought
def f():
    return 1
##
def f():
    return 1.0
## nought and minus nought
def f():
    return 0.0
##
def f():
    return -0.0
## minus nought in a tuple
def f():
    return (0.0, 1)
##
def f():
    return (-0.0, 1)
## minus nought of a complex
def f():
    return 0j
##
def f():
    return -0j
## two strings
def f():
    return "a"
##
def f():
    return b"a"
## augmented assignment
def f(a, b):
    a += b
    return a
##
def f(a, b):
    a = a + b
    return a
## augmented item
def f(a, b):
    a[b] += 1
##
def f(a, b):
    a[b] = a[b] + 1
## another exception
def f(a):
    raise ValueError(a)
##
def f(a):
    raise TypeError(a)
## an exception's cause
def f(a):
    try:
        a()
    except KeyError as e:
        raise ValueError from e
##
def f(a):
    try:
        a()
    except KeyError as e:
        raise ValueError
## what is caught
def f(a):
    try:
        return a()
    except KeyError:
        return 1
##
def f(a):
    try:
        return a()
    except LookupError:
        return 1
## what the try covers
def f(a):
    try:
        x = a.b
        y = x.c
    except AttributeError:
        return 1
    return y
##
def f(a):
    try:
        x = a.b
    except AttributeError:
        return 1
    y = x.c
    return y
## else or inside the try
def f(a):
    try:
        x = a.b
    except AttributeError:
        return 1
    else:
        return g(x)
##
def f(a):
    try:
        x = a.b
        return g(x)
    except AttributeError:
        return 1
## finally left out on one way
def f(a):
    try:
        return a.b()
    finally:
        a.close()
##
def f(a):
    x = a.b()
    a.close()
    return x
## return in finally
def f(a):
    try:
        a()
    finally:
        return 1
##
def f(a):
    try:
        a()
    except Exception:
        pass
    return 1
## inside the handler or after it
def f(a):
    try:
        a()
    except ValueError:
        return g()
##
def f(a):
    bad = False
    try:
        a()
    except ValueError:
        bad = True
    if bad:
        return g()
## inside with or after it
def f(a):
    with a:
        return g()
##
def f(a):
    with a:
        pass
    return g()
## with in another order
def f(a, b):
    with a, b:
        pass
##
def f(a, b):
    with b, a:
        pass
## one list or two
def f(a):
    x = []
    return a(x, x)
##
def f(a):
    return a([], [])
## one list held twice
def f(a):
    x = [1]
    y = x
    a(x)
    return y
##
def f(a):
    x = [1]
    y = [1]
    a(x)
    return y
## one list inside two tuples
def f(a):
    x = []
    a(x)
    return (x, x)
##
def f(a):
    x = []
    a(x)
    return (x, [])
## one list shown, then inside two tuples
def f(a):
    x = []
    t = (x,)
    u = (x, 1)
    a(t)
    return u
##
def f(a):
    x = []
    t = (x,)
    u = ([], 1)
    a(t)
    return u
## two tuples shown, one given back
def f(a):
    x = []
    t = (x,)
    u = (x, 1)
    a(t, u)
    return u
##
def f(a):
    x = []
    t = (x,)
    u = (x, 1)
    v = (x, 1)
    a(t, u)
    return v
## a list or the tuple
def f(a):
    return [a]
##
def f(a):
    return (a,)
## an argument is changed or a copy
def f(a):
    a.append(1)
    return a
##
def f(a):
    a = [*a]
    a.append(1)
    return a
## a list made in the loop or before it
def f(a):
    for x in a:
        y = []
        x(y)
##
def f(a):
    y = []
    for x in a:
        x(y)
## order of iteration
def f(a):
    for x in {1, 2, 3}:
        a(x)
##
def f(a):
    for x in {3, 2, 1}:
        a(x)
## reversed
def f(a):
    return [x for x in a]
##
def f(a):
    return [x for x in reversed(a)]
## last value of the loop
def f(a):
    s = 0
    for x in a:
        s = x
    return s
##
def f(a):
    s = 0
    for x in a:
        t = x
    return s
## swapped in the loop
def f(n):
    a, b = 0, 1
    while n:
        a, b = b, a
        n -= 1
    return a
##
def f(n):
    a, b = 0, 1
    while n:
        a, b = a, b
        n -= 1
    return a
## for and else
def f(a):
    for x in a:
        if x:
            break
    else:
        g()
##
def f(a):
    for x in a:
        if x:
            break
    g()
## unbound after an empty loop
def f(a):
    for x in a:
        g(x)
    return x
##
def f(a):
    x = None
    for x in a:
        g(x)
    return x
## the name that an unbound local shows
def f(a):
    if a:
        x = 1
    return x
##
def f(a):
    if a:
        y = 1
    return y
## deleted
def f(a):
    x = a
    del x
    return x
##
def f(a):
    x = a
    return x
## a global shadowed
def f(a):
    return len(a)
##
def f(a):
    len = a.len
    return len(a)
## load of a global before an effect or after it
def f(a):
    g = h
    a()
    return g
##
def f(a):
    a()
    return h
## callee before its arguments
def f(a):
    return g(a.b)
##
def f(a):
    x = a.b
    return g(x)
## attribute once or twice
def f(a):
    return a.b + a.b
##
def f(a):
    x = a.b
    return x + x
## method before its arguments
def f(a, b):
    return a.m(b.x)
##
def f(a, b):
    x = b.x
    return a.m(x)
## another keyword
def f(a):
    return g(k=a)
##
def f(a):
    return g(j=a)
## order of keywords
def f(a, b):
    return g(x=a, y=b)
##
def f(a, b):
    return g(y=b, x=a)
## keyword or position
def f(a):
    return g(x=a)
##
def f(a):
    return g(a)
## star or not
def f(a):
    return g(*a)
##
def f(a):
    return g(a)
## two stars
def f(a, b):
    return g(*a, *b)
##
def f(a, b):
    return g(*b, *a)
## default value
def f(a=[]):
    return a
##
def f(a=()):
    return a
## default one or true
def f(a=1):
    return a
##
def f(a=True):
    return a
## keyword default
def f(*, a=1):
    return a
##
def f(*, a=2):
    return a
## default of a closure
def f(a):
    return lambda b=1: b
##
def f(a):
    return lambda b=2: b
## default bound late
def f(xs):
    return [lambda x=x: x for x in xs]
##
def f(xs):
    return [lambda: x for x in xs]
## a decorator
@g
def f(a):
    return a
##
@h
def f(a):
    return a
## an annotation
def f(a: int):
    return a
##
def f(a: str):
    return a
## a parameter's name
def f(a):
    return a
##
def f(b):
    return b
## a parameter's kind
def f(a, b):
    return a
##
def f(a, *, b):
    return a
## a docstring
def f(a):
    "one"
    return a
##
def f(a):
    "two"
    return a
## a generator or a function
def f(a):
    return iter(a)
##
def f(a):
    yield from a
## what is yielded
def f(a):
    yield a
    yield 1
##
def f(a):
    yield 1
    yield a
## what is sent
def f(a):
    x = yield a
    return x
##
def f(a):
    yield a
    return None
## yield inside try
def f(a):
    try:
        yield a
    finally:
        g()
##
def f(a):
    yield a
    g()
## effect before the first yield
def f(a):
    g()
    yield a
##
def f(a):
    yield a
    g()
## return value of a generator
def f(a):
    yield a
    return 1
##
def f(a):
    yield a
    return 2
## await or not
async def f(a):
    return await a
##
async def f(a):
    return a
## nested name
def f(a):
    def g(b):
        return b
    return g
##
def f(a):
    def h(b):
        return b
    return h
## nested body
def f(a):
    def g(b):
        return a + b
    return g
##
def f(a):
    def g(b):
        return b + a
    return g
## value captured early or late
def f(a):
    x = a
    g = lambda: x
    x = 1
    return g
##
def f(a):
    x = a
    y = x
    g = lambda: y
    x = 1
    return g
## a captured variable that is changed by a call
def f(a):
    n = 0
    def g():
        nonlocal n
        n += 1
    m = n
    a(g)
    return m
##
def f(a):
    n = 0
    def g():
        nonlocal n
        n += 1
    a(g)
    m = n
    return m
## two captured variables exchanged
def f(a, b):
    return lambda: (a, b)
##
def f(a, b):
    return lambda: (b, a)
## scope of a comprehension
def f(xs):
    x = 1
    [x for x in xs]
    return x
##
def f(xs):
    x = 1
    for x in xs:
        pass
    return x
## list or generator
def f(xs):
    return [x for x in xs]
##
def f(xs):
    return (x for x in xs)
## filter of a comprehension
def f(xs):
    return [x for x in xs if x]
##
def f(xs):
    return [x for x in xs if not x]
## walrus in a comprehension
def f(xs):
    y = 0
    [y := x for x in xs]
    return y
##
def f(xs):
    y = 0
    [x for x in xs]
    return y
## chained comparison apart
def f(a, b, c):
    return a < b() < c
##
def f(a, b, c):
    return a < b() and b() < c
## conversion in an f-string
def f(a):
    return f"{a}"
##
def f(a):
    return f"{a!s}"
## f-string or str
def f(a):
    return f"{a}"
##
def f(a):
    return str(a)
## locals are looked at
def f(a):
    x = a.b
    return locals()
##
def f(a):
    y = a.b
    return locals()
## eval sees the names
def f(a):
    x = 1
    return eval(a)
##
def f(a):
    y = 1
    return eval(a)
## identity or equality
def f(a):
    return a is None
##
def f(a):
    return a == None
## identity of another
def f(a, b):
    return a is b
##
def f(a, b):
    return a is a
## none or false
def f(a):
    if a is None:
        return a
    return 1
##
def f(a):
    if a is None:
        return False
    return 1
## none is none
def f(a):
    if a is not None:
        return None
    return a
##
def f(a):
    if a is not None:
        return a
    return a
## break or continue
def f(a):
    while a:
        if g():
            break
##
def f(a):
    while a:
        if g():
            continue
## endless
def f(a):
    while True:
        pass
##
def f(a):
    return None
## assert dropped
def f(a):
    assert a
    return a
##
def f(a):
    return a
## slice
def f(a):
    return a[1:2]
##
def f(a):
    return a[1:3]
## target of an assignment
def f(a, b):
    a.x = b.x = g()
##
def f(a, b):
    b.x = a.x = g()
## unpacking of one or all
def f(a):
    x, y = a
    return x
##
def f(a):
    x, *y = a
    return x
## unpacking or index
def f(a):
    x, y = a
    return x
##
def f(a):
    return a[0]
## match on order
def f(a):
    match a:
        case 1:
            return 2
        case 1.0:
            return 3
##
def f(a):
    match a:
        case 1.0:
            return 3
        case 1:
            return 2
## import once or in the branch
def f(a):
    import os
    if a:
        return os
##
def f(a):
    if a:
        import os
        return os
## group of exceptions
def f(a):
    try:
        a()
    except* ValueError:
        g()
##
def f(a):
    try:
        a()
    except ValueError:
        g()
## dict order
def f(a, b):
    return {a: 1, b: 2}
##
def f(a, b):
    return {b: 2, a: 1}
## else of try swallowed
def f(a):
    for x in a:
        try:
            x()
        except ValueError:
            continue
        g(x)
##
def f(a):
    for x in a:
        try:
            x()
            g(x)
        except ValueError:
            continue
""",
)
