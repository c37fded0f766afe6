"""Markdown to HTML that is safe to show: no HTML of the writer's, no images, no odd links."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt


@cache
def _parser() -> MarkdownIt:
    # Links to `javascript:`, `vbscript:`, `file:` and `data:` are left as text by its own rule.
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False})
    return parser.enable("table").disable(["image", "html_block", "html_inline"])


def render(text: str) -> str:
    """The HTML of a text; its headings begin at the second level, the page has the first."""
    tokens = _parser().parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1:]) + 1)}"
    html: str = _parser().renderer.render(tokens, _parser().options, {})
    return html
