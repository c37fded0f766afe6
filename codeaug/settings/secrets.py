"""Settings name where a key lies; a key itself is refused, and never repeated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from codeaug.errors import UsageError

# Of providers and servers that give their keys a form of their own.
_KEY = re.compile(
    r"(?:sk|pk|rk)[-_][\w-]{16,}|gh[oprsu]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}"
    r"|hf_\w{20,}|gsk_\w{20,}|xai-\w{20,}|xox[abeprs]-[\w-]{10,}|A[KS]IA[A-Z0-9]{16}"
    r"|AIza[\w-]{30,}|eyJ[\w-]{10,}\.[\w-]{10,}|-----BEGIN [A-Z ]*PRIVATE KEY"
)
_NAME = re.compile(r"(?:^|[_-])(?:api_?key|key|token|secret|password|passwd|credentials?)$", re.I)
_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]*://)(.*)", re.I | re.DOTALL)
_PASSWORD = re.compile(r"([^/@:?#]*):.*@", re.DOTALL)  # to the last @: it may be in a password, too
_TOKEN = re.compile(r"[^/?#]*@")  # instead of a name
_IN_QUERY = re.compile(r"([?&;][^=&;#]*(?:passw|pwd|token|secret|_?key|sig)[^=&;#]*=)[^&;#]*", re.I)


def refuse_keys(table: Mapping[str, Any], place: str, known: Mapping[str, Any]) -> None:
    """Raises UsageError for what is a key, or is named as one, with the setting to use instead."""
    for name, value in table.items():
        if _KEY.search(name):
            raise UsageError(f"{place}: what should be a setting's name is a key: {_advice('')}.")
        if name not in known and _NAME.search(name):
            raise UsageError(f"{place}: {name!r} would be a key in clear: {_advice(name)}.")
        if _holds_key(value):
            raise UsageError(f"{place}: {name!r} holds a key in clear: {_advice(name)}.")


def _holds_key(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_key(item) for pair in value.items() for item in pair)
    if isinstance(value, list | tuple):
        return any(_holds_key(item) for item in value)
    return isinstance(value, str) and bool(_KEY.search(value))


def _advice(name: str) -> str:
    """Which setting names the place of the key that somebody wrote as `name`."""
    if "push" in name:
        return "put it into an environment variable, and that one's name into push_key_env"
    if "oidc" in name or "client" in name:
        return (
            "put it into an environment variable, and that one's name into oidc_client_secret_env"
        )
    return (
        "put it into an environment variable or a file, and name that in api_key_env or "
        "api_key_file of your own codeaug.toml"
    )


def shown(value: Any) -> Any:
    """The value of a setting as people may see it: no password of an address."""
    if isinstance(value, tuple):
        return tuple(map(shown, value))
    address = _ADDRESS.fullmatch(value) if isinstance(value, str) else None
    if address is None:
        return value
    scheme, rest = address[1], _IN_QUERY.sub(r"\1***", address[2])
    if found := _PASSWORD.match(rest):
        rest = f"{found[1]}:***@{rest[found.end() :]}"
    elif scheme.lower().startswith("http"):
        rest = _TOKEN.sub("***@", rest, count=1) if _TOKEN.match(rest) else rest
    return scheme + rest
