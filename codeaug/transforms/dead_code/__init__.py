"""Code that does nothing: a call that is never made, a variable that nobody reads.

`add-dead-branch` puts a copy of the call that follows into `if (false)`; `add-unused-local`
declares a number. Both stand before a statement that can be reached. Preconditions: FRESH, NODYN,
PURE (the copy binds no name), NOMACRO, REACH (no label, no case between), DA (in Java a variable
stays definitely unassigned, so only calls are copied), NODEP (no constexpr function, of which old
compilers want a return alone), TRIVIA. Source: NatGen and ReCode DeadCodeInsertion; ContraCode;
ContraBERT.
"""

from __future__ import annotations

from codeaug.transforms import idea

TRANSFORMS = idea(
    __name__,
    {
        "add-dead-branch": ("Add a branch that is never taken", "R"),
        "add-unused-local": ("Add a variable that nobody reads", "R"),
    },
)
