"""Whether a rewritten C++ function is the original: proved by compiled identity, or unknown.

The original and the variant are compiled with the project's own line, with flags behind it that
define away or check what the language leaves undefined (`dialects`), and the assembly of the
*whole unit of compilation* is compared (`assembly`): data, initialisers, exception tables and all
other functions count. Functions that may as well be in another unit are left out of it
(`definitions`, `reaching`), and GCC's trees of the whole file show that they and the function
itself mean what they meant (`trees`). A variant is proved when it is the same in both dialects,
each at some level of optimisation, in every way that the project compiles the file. What identity
cannot speak about is looked for first, and the answer is then unknown: `hazards` (the text),
`order` (evaluation order), warnings (of doubtful code), a function that does not become code at
all.

Sources: Papadakis, Jia, Harman, Le Traon: Trivial Compiler Equivalence (ICSE 2015) for the idea;
GCC's manual for each flag.

What it cannot show: performance; other compilers, platforms and macros; races by timing; what a
debugger or a reader of the machine code would see; lifetimes of heap memory.
"""
