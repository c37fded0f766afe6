"""Where source may be sent."""

from __future__ import annotations

import pytest

from codeaug.endpoints import NOTHING, check_endpoint, is_local, tightened
from codeaug.errors import UsageError

LOCAL = (
    "http://localhost:8000/v1", "http://LOCALHOST/v1/", "http://127.0.0.1/v1",
    "https://127.8.9.1:1", "http://[::1]:8", "http://[0:0:0:0:0:0:0:1]/v1",
)  # fmt: skip
ELSEWHERE = (
    "https://api.openai.com/v1", "http://localhost.evil.com/v1", "http://127.0.0.1.evil.com/",
    "http://0.0.0.0/v1", "http://10.0.0.1/", "http://[fe80::1]/", "http://[::]/", "http://local/",
    "http://127.0.0.1-evil.com/", "http://[64:ff9b::7f00:1]/",
)  # fmt: skip
ODD = (
    "ftp://localhost/", "localhost:8000", "http://127.0.0.1@evil.com/", "http://me:pw@localhost/",
    "http://localhost\\@evil.com/", "http://localhost/v1?to=evil", "http://localhost/#x",
    "http://local%68ost/", "http:///v1", "", "http://localhost/a/../b", "http://lo\tcalhost/",
    "http://localhost:99999/", "javascript:alert(1)", "http://lоcalhost/", "http://localhost /",
    "http://[::1]evil.com/", "http://[::1", "http://2130706433/v1", "http://0177.0.0.1/v1",
    "http://127.1/", "http://0x7f.0.0.1/", "http://0x7f000001/", "http://[::ffff:127.0.0.1]/v1",
    "http://[::ffff:7f00:1]/v1", "http://localhost./v1", "http://localhost:0/", "http://localhost:/",
    "http://localhost//evil.com/", "http://localhost/v1/..;/x", "http://localhost/%2e%2e/x",
    "http://localhost/./x", "http:\\\\localhost/", "http:/localhost/", "//localhost/",
    "http://localhost/\n", "http://localhost,evil.com/", "http://[::1%25lo]/", "http://127。0。0。1/",
    "http://localhost?", "http://localhost#", "file:///etc/passwd", "http://localhost:8000:9/",
)  # fmt: skip


@pytest.mark.parametrize("url", LOCAL)
def test_without_a_list_this_machine_may_be_asked(url: str) -> None:
    check_endpoint(url, ())
    assert is_local(url)


@pytest.mark.parametrize("url", ELSEWHERE)
def test_without_a_list_nobody_else_may_be_asked(url: str) -> None:
    with pytest.raises(UsageError, match=r"may not go to .* write endpoints = "):
        check_endpoint(url, ())


@pytest.mark.parametrize("url", ODD)
def test_an_odd_address_is_never_taken(url: str) -> None:
    for allowed in ((), ("http://localhost",), ("http://evil.com",), ("http://127.0.0.1",)):
        with pytest.raises(UsageError, match="is not taken: "):
            check_endpoint(url, allowed)


@pytest.mark.parametrize("url", ODD)
def test_an_odd_entry_allows_nothing(url: str) -> None:
    with pytest.raises(UsageError, match="is not taken: "):
        check_endpoint("http://localhost:8000/v1", (url,))


@pytest.mark.parametrize(
    "url",
    [
        "https://me:hunter22@api.example/v1", "https://me:a/hunter22@api.example/v1",
        "me:hunter22@api.example/v1", "https://api.example/v1?key=hunter22",
        "https://api.example/v1#hunter22", "https://me:hunter22\n@api.example",
    ],
)  # fmt: skip
def test_a_password_in_an_address_is_not_repeated(url: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_endpoint(url, ())
    assert "hunter22" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "entry", "fits"),
    [
        ("https://api.openai.com/v1", "https://api.openai.com", True),
        ("https://api.openai.com/v1", "https://API.openai.com:443/v1", True),
        ("https://api.openai.com/v1", "https://api.openai.com/v1/", True),
        ("http://gpu.corp:8000/v1", "http://gpu.corp:8000", True),
        ("http://gpu.corp/v1", "https://gpu.corp", False),
        ("https://gpu.corp/v1", "http://gpu.corp", False),
        ("https://api.openai.com/v10", "https://api.openai.com/v1", False),
        ("https://api.openai.com/V1", "https://api.openai.com/v1", False),
        ("https://api.openai.com", "https://api.openai.com/v1", False),
        ("https://api.openai.com:8443/v1", "https://api.openai.com/v1", False),
        ("https://api.openai.com.evil.com/v1", "https://api.openai.com", False),
        ("https://evil-api.openai.com/v1", "https://api.openai.com", False),
        ("http://localhost:8000/v1", "https://api.openai.com", False),
    ],
)
def test_an_entry_allows_what_begins_with_it(url: str, entry: str, fits: bool) -> None:
    if fits:
        check_endpoint(url, (entry,))
        return
    with pytest.raises(UsageError, match="does not hold it; add it"):
        check_endpoint(url, (entry,))


OWN = ("https://a.example/v1", "https://b.example")


@pytest.mark.parametrize(
    ("own", "repository", "left"),
    [
        (OWN, ("https://a.example",), ("https://a.example/v1",)),
        (OWN, ("https://b.example/t", "https://evil.example"), ("https://b.example/t",)),
        (OWN, ("https://evil.example",), NOTHING),
        (OWN, (), NOTHING),
        (OWN, NOTHING, NOTHING),
        ((*OWN, "http://localhost:1"), (), ("http://localhost:1",)),
        ((), (), ()),
        ((), ("https://evil.example",), NOTHING),
        ((), ("http://localhost:1", "https://evil.example"), ("http://localhost:1",)),
        (NOTHING, ("http://localhost:1",), NOTHING),
        (NOTHING, (), NOTHING),
    ],
)
def test_a_repositorys_list_can_only_take_away(
    own: tuple[str, ...], repository: tuple[str, ...], left: tuple[str, ...]
) -> None:
    assert tightened(own, repository) == left


@pytest.mark.parametrize("own", [(), OWN, NOTHING, ("http://localhost:1/v1",)])
@pytest.mark.parametrize(
    "repository", [(), NOTHING, ("https://a.example", "http://localhost:1"), ("https://c.example",)]
)
@pytest.mark.parametrize(
    "url", [*LOCAL, *ELSEWHERE, "https://a.example/v1/x", "http://localhost:1/v1"]
)
def test_what_a_tightened_list_allows_both_lists_allow(
    own: tuple[str, ...], repository: tuple[str, ...], url: str
) -> None:
    allowed = [allows(url, names) for names in (own, repository, tightened(own, repository))]
    assert allowed[2] == (allowed[0] and allowed[1])


def allows(url: str, names: tuple[str, ...]) -> bool:
    try:
        check_endpoint(url, names)
    except UsageError:
        return False
    return True


@pytest.mark.parametrize("url", [*LOCAL, *ELSEWHERE])
def test_nothing_is_allowed_by_the_list_that_allows_nowhere(url: str) -> None:
    assert not allows(url, NOTHING)
