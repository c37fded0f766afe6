"""What the pre-commit hooks tell: from the index alone, quickly, by the thin installation.

Nothing here reads the work tree, writes, asks a network or a model, compiles or starts a program
other than git; see docs/hook.md. `check` looks at staged code, `settings` at the settings,
`datasets` at datasets that are kept in the repository, `queue` leaves pointers to what a commit
changed.
"""
