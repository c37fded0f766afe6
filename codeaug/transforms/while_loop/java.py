"""What the idea does in Java, by example."""

from __future__ import annotations

from codeaug.transforms import Directions
from codeaug.transforms.while_loop import _java_examples as examples
from codeaug.transforms.while_loop._breaks import (
    condition_to_loop_with_break,
    loop_with_break_to_condition,
)
from codeaug.transforms.while_loop._heads import for_to_while, while_to_for

DIRECTIONS: Directions = {
    "for-to-while": (for_to_while, examples.FOR_TO_WHILE),
    "while-to-for": (while_to_for, examples.WHILE_TO_FOR),
    "loop-with-break-to-condition": (loop_with_break_to_condition, examples.TO_CONDITION),
    "condition-to-loop-with-break": (condition_to_loop_with_break, examples.TO_BREAK),
}
