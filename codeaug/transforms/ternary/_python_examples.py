from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = ()
EXAMPLES_BACK: tuple[Example, ...] = ()
