"""Faults that are injected into a unit, to measure whether the repository's tests can fail.

`mutants(unit, source, limit)` gives whole functions, each with one small fault: what mutation
testing calls mutants. A test suite that lets them pass cannot judge a variant either. The caller
compiles and runs them; one that does not compile is set aside, one that never ends is stopped.

An operator is a value `Operator`, found by walking `operators/`: every module there names its own
as `OPERATORS`. Its function looks at the `Body` of one unit (all three languages in one vocabulary
of syntax nodes) and yields a `Fault` for each place that it would break: the edits, what was done
and what a test would have to check. `Body` hands out only nodes that may be touched: never those
of nested units and classes, comments, annotations, default arguments, docstrings, types, messages,
static assertions, macros and preprocessor groups. Operators leave out what a compiler would refuse
and what is obviously the same program; the compiler decides at last.

Names and choices follow the field: the sufficient operators of Offutt, Lee, Rothermel, Untch and
Zapf (TOSEM 1996; ABS, AOR, LCR, ROR, UOI), statement deletion (Untch 2009), the default and
stronger groups of PIT (pitest.org/quickstart/mutators), extreme mutation as in Descartes
(Niedermayr 2016; Vera-Perez 2018), and mutmut, cosmic-ray, Mull and Dextool for Python and C++.
docs/mutations.md lists the operators; it is written from their table.
"""

from __future__ import annotations

from codeaug.mutations.choice import mutants
from codeaug.mutations.operator import Example, Fault, Mutant, Operator
from codeaug.mutations.table import load, page

__all__ = ["Example", "Fault", "Mutant", "Operator", "load", "mutants", "page"]
