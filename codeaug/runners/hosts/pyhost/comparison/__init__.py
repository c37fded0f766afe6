"""Original and changed function on the same inputs, in forks of a process with the tests' state.

probing     a note compiled into the unchanged unit sees its arguments
recording   the tests run, the calls are kept, and the process stays to compare
layout      what an object is made of, read past everything that its class could define
copying     objects made anew, as deep as they go
describing  objects as text that is the same for equal behaviour alone
values      other values of the same type
typed       values of annotated types
temporal    days, times, decimal numbers, fractions
relating    inputs whose arguments belong together
signature   what a unit's own words say of its arguments
terms       predicates over arguments
told        the preconditions that a docstring names
refusing    what a class refuses to hold twice
failing     what works for the unit fails at some call
inputs      recorded calls, and others grown from them
driving     how a function is called, and what those give that it makes
effects     what a call does besides: output, warnings, the outside world
packing     values as data
calling     one call after another, on copies, and what each came to
running     one fork: a list of inputs, one outcome after another through a pipe
agreement   which outcomes count, and the smallest input on which two differ
exploring   inputs on which two texts may differ, by symbolic execution in a fork
symbolic    what the fork does: CrossHair on both texts
words       that input in a sentence
witness     that input as a test
serving     the process that stays answers for one text after another
asking      the resident program's side

The process that stays ran only the unchanged code. A changed text runs in a fork of it that holds
no channel but a pipe of its own; what comes out of that pipe is judged as text.

Sources: argument capture and type-aware mutation, EvalPlus (arXiv 2305.01210); constants of the
code as inputs, Hypothesis `providers.py`; the original against itself first, mutmut and Dextool.
"""
