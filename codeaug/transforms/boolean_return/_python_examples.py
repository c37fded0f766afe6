from codeaug.transforms import Example

EXAMPLES_SIMPLIFY: tuple[Example, ...] = ()
EXAMPLES_EXPAND: tuple[Example, ...] = ()
