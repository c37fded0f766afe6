from codeaug.transforms import Example

EXAMPLES_MERGE: tuple[Example, ...] = ()
EXAMPLES_SPLIT: tuple[Example, ...] = ()
