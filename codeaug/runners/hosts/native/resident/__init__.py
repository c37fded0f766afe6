"""The program that stays: a project's C++ objects are built, and texts of one file are tried.

`recipes`    how the project compiles, archives and links, from its own build's account
`affected`   what of that has to be done again when one file changes, in which order
`swapping`   a file is read, or executed, in another's place: nothing below /repo is written
`making`     objects and test programs with other texts of the file, in a folder of ours
`schemata`   many texts in one compilation: the unit's body becomes a choice between bodies
`texts`      the texts as they came
`running`    the tests' programs, run in their places
`leftovers`  what tests leave behind
`serving`    requests and answers

Sources: mutant schemata (Untch, Offutt and Harrold 1993) for many texts in one program; Dextool's
rule that a schema counts only when the unchanged text passes in it.
"""
