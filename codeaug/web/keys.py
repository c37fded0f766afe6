"""The one keymap of all pages: printed on buttons, listed by `?`, heard by the script."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """What a key does. Its `action` is the name by which buttons and the script know it."""

    action: str
    key: str
    words: str


_KEYS = (
    Key("approve", "a", "approve"),
    Key("reject", "r", "reject, then a number for the reason"),
    Key("flag", "f", "flag: nobody exports it until it was looked into; say why"),
    Key("skip", "s", "skip: leave it to others, or to later"),
    Key("edit", "e", "edit the variant: yours is checked and comes back to you"),
    Key("send", "y", "have what you edited checked"),
    Key("drop", "z", "drop an edit of yours that fell short"),
    Key("take", "t", "take a card that you found in the list"),
    Key("undo", "u", "undo your last decision, then the one before"),
    Key("previous", "p", "what you decided before this; the page before"),
    Key("next", "n", "the next card; the next page"),
    Key("next-change", "j", "the next change"),
    Key("previous-change", "k", "the change before"),
    Key("view", "v", "side by side, or one column"),
    Key("whitespace", "w", "white space that differs: shown, ignored at line ends, ignored"),
    Key("evidence", "x", "open or close all evidence"),
    Key("file", "o", "the function in its file"),
    Key("comment", "c", "write a comment"),
    Key("queue", "q", "the queue"),
    Key("list", "l", "all variants"),
    Key("disputes", "d", "what people disagree about"),
    Key("guidelines", "g", "the guideline"),
    Key("filter", "/", "filter the list"),
    Key("help", "?", "these keys"),
)
KEYS = {key.action: key for key in _KEYS}
FIXED = (
    ("1 to 5", "how natural the variant reads, if you like to say"),
    ("1 to 9", "the reason, when you reject"),
    ("Ctrl Enter", "have what you edited checked, also while you type"),
    ("Esc", "leave a field, close the reasons"),
)
"""Keys that are always the same, and listed with the others."""
