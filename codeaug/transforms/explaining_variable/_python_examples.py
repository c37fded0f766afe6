from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = ()
EXAMPLES_INLINE: tuple[Example, ...] = ()
