"""A proof that a rewritten Python function does what the original did, by CPython's bytecode.

`prove` compiles both files under the interpreter it runs in, never executes them, and answers
*proved* or *unknown*. Two methods:

identity  everything compiles to the same code, but for line numbers
lockstep  both bodies are run symbolically side by side: every operation that can have an effect or
          raise is the same one, in the same order, on the same operands (`lockstep`, `meeting`)

Nothing is assumed about types: `a < b` may run any code, and so may `x.y`, `+=`, `for`, a truth
test and the load of a global. As is usual in the field, four things are taken to be unobservable:
source positions and tracebacks; frames and code objects (a function that names `locals`, `eval`,
`_getframe` and the like is proved by identity alone); when a local's object dies; and running out
of memory, stack or time. The message of an unbound local, which shows its name, is observable.

The tables cover CPython 3.11, 3.12 and 3.13; any other version is unknown. Sources: Python's own
bytecodes.c of these versions; Necula, Translation validation for an optimizing compiler, 2000.
"""

from .proving import Proof, prove

__all__ = ["Proof", "prove"]
