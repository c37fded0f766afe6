from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = ()
EXAMPLES_NEST: tuple[Example, ...] = ()
