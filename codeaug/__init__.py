"""codeaug: variants of a codebase's own functions, each with its proof."""

__version__ = "0.1.0"
