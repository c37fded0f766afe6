"""A lambda as a named function, a method reference or an anonymous class, and back.

In Python lambda and function differ in their name alone, so whoever gets it must not look: it is
only called here, or given to a function of Python's own. In Java a reference only where the target
is not overloaded and the method is known: one of this class, one of a few of the JDK, a
constructor; its receiver is `this`, a type or an object made here, for it is evaluated at once
(INDEP). An anonymous class only where nothing in it means the object itself (NOCAP), no name
clashes with the method's own (FRESH), and the target's type is the very interface. NODYN, PURE,
TRIVIA, NATURAL. Source: ruff E731; OpenRewrite; palantir/gradle-baseline#1376 for what goes wrong.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "lambda-to-def": ("Write a lambda as a named function", "B"),
        "def-to-lambda": ("Write a small function as a lambda", "B"),
        "lambda-to-reference": ("Write a lambda as a method reference", "B"),
        "reference-to-lambda": ("Write a method reference as a lambda", "B"),
        "anonymous-to-lambda": ("Write an anonymous class as a lambda", "B"),
        "lambda-to-anonymous": ("Write a lambda as an anonymous class", "B"),
    },
    absent={
        "cpp": "a function object or pointer has another type than a lambda",
        "java": "functions have no functions of their own",
        "python": "there are neither method references nor anonymous classes",
    },
)
