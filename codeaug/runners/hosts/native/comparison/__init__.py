"""The unit of two texts on the same inputs, in forks of the tests' own processes.

`heads`      how a call of the unit is written, from its head
`naming`     members that the project's objects may have; constants of the texts
`writing`    the file in which the unit says that it is called
`prelude`    what such files include first, compiled once for many
`comparing`  makes that program, runs the tests with it, asks the judge
`judging`    which inputs count, and where the texts differ
`words`      that as a sentence and as a test

What is compiled into the project (C++11): `probe.c` takes a spread of the calls, `forking.c` runs
one text on one input in a fork that can ask the system for no more than memory and output;
`scanning.c` runs both on many inputs in one, to find those that are worth more forks;
`acting.h` makes the call, `growing.h` and `spelling.h` list other arguments, `changing.h`,
`stirring.h`, `likening.h` and `opposing.h` change them by chance, `pointing.h` and `rows.h` what is
behind pointers, `restoring.h` puts objects back, `lending.h` watches functions, `reading.h` and
`library.h` say what values are. A fork's words come through a pipe, between two copies of a token
that was made for it alone. They are compared by the resident program, in which no code of the
project runs.

Sources: calls carved out of system tests, Elbaum et al. (FSE 2006); constants of the code as
inputs, Hypothesis `providers.py`; undefined behaviour as the domain's edge, UBSan.
"""
