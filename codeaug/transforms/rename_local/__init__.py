"""Rename a local to a name that this repository gives to such values.

Locals; parameters only of Java and C++, and not where something else may name them: a doc comment
or another declaration of the function, an annotation, a record. Never a name that is bound in more
than one scope; in Python it is one variable in each. The new name comes from the repository's
vocabulary: by declared type, by the callee that the value comes from, by what the function that
takes it or the field that keeps it is called, after the collection that a loop goes through, or as
the other form of an abbreviation. It says no less than the old name.

`placeholder-names` takes away what a function's locals say: `var0`, `var1`, ... in the order in
which they are declared. Preconditions: FRESH, NODYN, NOCAP, NATURAL (no comment speaks of the
name). Source: Fowler, Rename Variable; Allamanis et al., natural naming conventions; NatGen
VarRenamer and ReCode, which rename by text.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "rename-local": ("Rename a local to a name of the repository", "A"),
        "placeholder-names": ("Rename a function's locals to var0, var1, ...", "R"),
    },
)
