"""Where models may be asked: addresses of endpoints, and the allow-list.

An entry allows every address that begins with it: same scheme, host and port, and its path's
segments. The empty list allows this machine only; `NOTHING` is the list that allows nowhere.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass

from codeaug.errors import UsageError

NOTHING = ("nowhere",)
_PORTS = {"http": 80, "https": 443}
# What is taken is said, rather than what is not: parsers of addresses differ in all that is odd.
_ADDRESS = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:]+\]|[a-z0-9_-]+(?:\.[a-z0-9_-]+)*)"
    r"(?::(?P<port>[0-9]{1,5}))?(?P<path>(?:/[\w.~!$&'()*+,=:-]+)*)/?",
    re.IGNORECASE | re.ASCII,
)
_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)")


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
    found = _ADDRESS.fullmatch(url)
    if found is None:
        raise _refused(url, _problem(url))
    scheme = found["scheme"].lower()
    port = int(found["port"] or _PORTS[scheme])
    path = tuple(found["path"].split("/")[1:])
    if not 0 < port < 65536:
        raise _refused(url, "there is no such port")
    if {".", ".."} & set(path):
        raise _refused(url, "its path steps upwards")
    return Address(scheme, _host(url, found["host"].lower()), port, path)


def _host(url: str, host: str) -> str:
    """A name, or an IP address as it is usually written: not decimal, octal, short or mapped."""
    if not host.startswith("[") and not _NUMERIC.fullmatch(host):
        return host
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        raise _refused(url, "its host is no usual IP address") from None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        raise _refused(url, "its host is an IPv4 address in disguise")
    return address.compressed


def _problem(url: str) -> str:
    if not re.match(r"https?://", url, re.IGNORECASE):
        return "it must begin with http:// or https://"
    if "@" in url:
        return "it holds a name or password, and keys do not belong into addresses"
    if "?" in url or "#" in url:
        return "it has a query or fragment"
    return "write scheme, host, port and path plainly"


def _refused(url: str, problem: str) -> UsageError:
    shown = re.sub(r"\A(\w+://)?.*@", r"\1...@", url, flags=re.DOTALL)
    shown = re.sub(r"[?#].*", "...", shown, flags=re.DOTALL)
    return UsageError(f"the endpoint {shown!r} is not taken: {problem}.")


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
    if not any(address.within(parse(entry)) for entry in allowed if entry not in NOTHING):
        raise UsageError(
            f"source may not go to {url}: your list of endpoints, or the repository's, does not "
            "hold it; add it where it is missing, or ask an endpoint that both hold."
        )


def tightened(own: Sequence[str], repository: Sequence[str]) -> tuple[str, ...]:
    """What both the user's list and the repository's allow. Raises UsageError.

    An empty list stands for this machine in both; what is left is empty only if both are.
    """
    if not own and not repository:
        return ()
    if not own or not repository:
        named = own or repository
        return tuple(e for e in named if e not in NOTHING and parse(e).is_local) or NOTHING
    both = [inner for one in own for two in repository if (inner := _inner(one, two)) is not None]
    return tuple(dict.fromkeys(both)) or NOTHING


def _inner(one: str, other: str) -> str | None:
    """The narrower of two entries; None when neither lies in the other."""
    if one in NOTHING or other in NOTHING:
        return None
    if parse(one).within(parse(other)):
        return one
    return other if parse(other).within(parse(one)) else None
