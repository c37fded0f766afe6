"""People under another name: a keyed digest, which only who has the key can find again.

Without the key a name cannot be tried out against a dataset that has left the house; with it the
same person is the same pseudonym in every release. The key stays in the store.
"""

from __future__ import annotations

import hashlib
import hmac

from codeaug.errors import UsageError

_SHORTEST_KEY = 16
"""Bytes. A shorter key could be tried out."""


def reviewer(key: bytes, name: str) -> str:
    """For who decided about variants."""
    return f"reviewer-{_digits(key, name)}"


def person(key: bytes, name: str) -> str:
    """For who did anything else, such as overriding the mix. Another than as a reviewer."""
    return f"person-{_digits(key, name)}"


def _digits(key: bytes, name: str) -> str:
    if len(key) < _SHORTEST_KEY:
        raise UsageError(f"the key of pseudonyms has less than {_SHORTEST_KEY} bytes")
    return hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:12]
