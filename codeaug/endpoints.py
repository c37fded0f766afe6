"""Where models may be asked: addresses of endpoints, and the allow-list.

An entry allows every address that begins with it: same scheme, host and port, and its path's
segments. The empty list allows this machine only; `NOTHING` is the list that allows nowhere.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from codeaug.errors import UsageError

NOTHING = ("nowhere",)
_PORTS = {"http": 80, "https": 443}
# What parsers read differently: blanks, controls, backslashes, other people's dots and slashes.
_ODD = re.compile(r"[^\x21-\x7e]|[\\<>\"`{}|^]")


@dataclass(frozen=True, slots=True)
class Address:
    """An endpoint's address, taken apart."""

    scheme: str
    host: str
    port: int
    path: tuple[str, ...]

    @property
    def is_local(self) -> bool:
        """Whether it is this machine, without asking anybody who names it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def within(self, other: Address) -> bool:
        same = (self.scheme, self.host, self.port) == (other.scheme, other.host, other.port)
        return same and self.path[: len(other.path)] == other.path


def parse(url: str) -> Address:
    """Raises UsageError for whatever is not a plain http or https address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise UsageError(f"the endpoint {url!r} cannot be read: {error}.") from error
    host = (parts.hostname or "").lower()
    problem = (
        "it must begin with http:// or https://"
        if parts.scheme not in _PORTS
        else "it holds a name or password: those belong into api_key_env or api_key_file"
        if "@" in parts.netloc
        else "it has a query or fragment"
        if parts.query or parts.fragment or url.endswith(("?", "#"))
        else "it holds odd characters"
        if _ODD.search(url) or "%" in url or not host
        else "its path steps upwards"
        if {".", ".."} & set(parts.path.split("/"))
        else ""
    )
    if problem:
        raise UsageError(f"the endpoint {url!r} is not taken: {problem}.")
    path = tuple(part for part in parts.path.split("/") if part)
    return Address(parts.scheme, host, port or _PORTS[parts.scheme], path)


def is_local(url: str) -> bool:
    """Whether an address is on this machine. Raises UsageError."""
    return parse(url).is_local


def check_endpoint(url: str, allowed: Sequence[str]) -> None:
    """Raises UsageError, with what to do, unless the list allows the address."""
    address = parse(url)
    if not allowed:
        if address.is_local:
            return
        raise UsageError(
            f"source may not go to {url}: no endpoint outside of this machine is allowed; write "
            f'endpoints = ["{url}"] into your own codeaug.toml (not the repository\'s), or set '
            "CODEAUG_ENDPOINTS."
        )
    if not any(address.within(entry) for entry in _entries(allowed)):
        raise UsageError(f"source may not go to {url}: the list of endpoints does not hold it.")


def tightened(own: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """What both lists allow; `own` may be empty, for this machine. Raises UsageError."""
    if not others:
        return tuple(own)
    if not own:
        kept = [url for url in others if url not in NOTHING and parse(url).is_local]
        return tuple(kept) or NOTHING
    both = [inner for one in own for other in others if (inner := _inner(one, other)) is not None]
    return tuple(dict.fromkeys(both)) or NOTHING


def _inner(one: str, other: str) -> str | None:
    """The narrower of two entries; None when neither lies in the other."""
    if one in NOTHING or other in NOTHING:
        return None
    if parse(one).within(parse(other)):
        return one
    return other if parse(other).within(parse(one)) else None


def _entries(allowed: Sequence[str]) -> list[Address]:
    return [parse(url) for url in allowed if url not in NOTHING]
