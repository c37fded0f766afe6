from codeaug.transforms import Example

EXAMPLES: tuple[Example, ...] = ()
