"""A Java lambda as a method reference, and back; an anonymous class as a lambda, and back.

A reference only where the target is not overloaded and the method is known: one of this class, one
of a few of the JDK, a constructor; its receiver is `this`, a type or an object made here, for it is
evaluated at once (INDEP). An anonymous class only where nothing in it means the object itself
(NOCAP), no name clashes with the method's own (FRESH), and the target's type is the very interface.
TRIVIA. Source: OpenRewrite; the IDEs; palantir/gradle-baseline#1376 for what goes wrong.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "lambda-to-reference": ("Write a lambda as a method reference", "B"),
        "reference-to-lambda": ("Write a method reference as a lambda", "B"),
        "anonymous-to-lambda": ("Write an anonymous class as a lambda", "B"),
        "lambda-to-anonymous": ("Write a lambda as an anonymous class", "B"),
    },
    absent={
        "cpp": "a function object or pointer has another type than a lambda",
        "python": "in a module of its own, still to come",
    },
)
