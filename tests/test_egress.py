"""What of a repository's source may leave the machine."""

from __future__ import annotations

import base64
import random
import string
from pathlib import Path

import pytest

from codeaug.egress import Policy, secrets
from codeaug.endpoints import NOTHING, check_endpoint, is_local, tightened
from codeaug.errors import UsageError
from codeaug.settings import load_settings

RNG = random.Random(7)


def made(length: int, alphabet: str = string.ascii_letters + string.digits) -> str:
    """A text such as tokens are made of; none stands in this file."""
    return "".join(RNG.choice(alphabet) for _ in range(length))


HEX = "0123456789abcdef"
UPPER = string.ascii_uppercase + string.digits
PLANTED = {
    "an AWS key": "AKIA" + made(16, UPPER),
    "a session AWS key": "ASIA" + made(16, UPPER),
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "an OpenSSH key": "-----BEGIN OPENSSH " + "PRIVATE KEY-----",
    "a PGP key": "-----BEGIN PGP " + "PRIVATE KEY BLOCK-----",
    "a GitHub token": "ghp_" + made(36),
    "a GitHub server token": "ghs_" + made(36),
    "a fine-grained GitHub token": "github_pat_" + made(82),
    "a GitLab token": "glpat-" + made(20),
    "a GitLab runner token": "glrt-" + made(20),
    "a Slack token": "xoxb-" + made(12, string.digits) + "-" + made(24),
    "a Slack hook": "https://hooks.slack.com/services/T" + made(8, UPPER) + "/B" + made(8, UPPER),
    "a Stripe key": "sk_live_" + made(24),
    "a restricted Stripe key": "rk_live_" + made(24),
    "a Twilio account": "AC" + made(32, HEX),
    "a Twilio key": "SK" + made(32, HEX),
    "a SendGrid key": "SG." + made(22) + "." + made(43),
    "an OpenAI key": "sk-proj-" + made(48),
    "an older OpenAI key": "sk-" + made(20) + "T3BlbkFJ" + made(20),
    "an Anthropic key": "sk-ant-api03-" + made(40),
    "an Azure key": "AccountKey=" + made(86) + "==",
    "an npm token": "npm_" + made(36),
    "a PyPI token": "pypi-AgEIcHlwaS5vcmc" + made(60),
    "a Google key": "AIza" + made(35),
    "a Hugging Face token": "hf_" + made(34),
    "a Telegram token": made(9, "123456789") + ":AA" + made(33),
    "a DigitalOcean token": "dop_v1_" + made(64, HEX),
    "a Vault token": "hvs." + made(24),
    "a JSON web token": ".".join(
        base64.urlsafe_b64encode(part).decode().rstrip("=")
        for part in (b'{"alg":"HS256"}', b'{"sub":"12345"}', made(20).encode())
    ),
    "a password in an address": "postgres://admin:" + "Tr0ub4dor!" + "@db.internal/orders",
}
LINES = {
    "python": 'def connect():\n    value = "{}"\n    return value\n',
    "java": 'String connect() {{\n    String value = "{}";\n    return value;\n}}\n',
    "cpp": 'std::string connect() {{\n    const char* value = R"({})";\n    return value;\n}}\n',
}


@pytest.mark.parametrize("language", LINES)
@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_secret_is_found(kind: str, language: str) -> None:
    found = secrets(LINES[language].format(PLANTED[kind]))
    assert [secret.line for secret in found] == [2]


PASSWORD = "q7" + "!vK2x#9Lm"


@pytest.mark.parametrize(
    "line",
    [
        f'password = "{PASSWORD}"',
        f"DB_PASSWORD = '{PASSWORD}'",
        f'config["api_key"] = "{PASSWORD}"',
        f'private static final String SECRET_TOKEN = "{PASSWORD}";',
        f'const std::string api_key{{"{PASSWORD}"}};',
        f'client.setPassword("{PASSWORD}");',
        f'connect(host, password="{PASSWORD}")',
        f'auth_token: str = "{PASSWORD}"',
        f'{{"client_secret": "{PASSWORD}"}}',
    ],
)
def test_a_real_value_of_something_named_like_a_secret_is_found(line: str) -> None:
    assert secrets(line), line


@pytest.mark.parametrize(
    "line",
    [
        'password = "changeme"', 'password = ""', 'password = "********"', 'api_key = "xxxxxxxx"',
        'token = "${API_TOKEN}"', 'secret = "<your secret>"', 'password = "{password}"',
        'api_key = os.environ["API_KEY"]', 'token = "identifier"', 'TOKEN = "NUMBER_TOKEN"',
        'tokens("parse_expression")', 'token_type = "Bearer"', 'if token == "else":',
        'password_field = "user-password"', 'key = "some.property.name"', "token, pos = next(it)",
        'secret = "/run/secrets/db"', 'raise ValueError("password must be longer")',
        "# the token is kept in the header", 'url = "https://user:{}@host/".format(password)',
        'url = "http://user:password@example.com/"', 'hash = "d41d8cd98f00b204e9800998ecf8427e"',
        'PASSWORD_PATTERN = "%s:%s"', 'String tokenName = "accessTokenExpiry";',
    ],
)  # fmt: skip
def test_a_placeholder_or_a_word_is_no_secret(line: str) -> None:
    assert secrets(line) == []


def test_a_secret_itself_is_never_repeated() -> None:
    text = f'key = "{PLANTED["an AWS key"]}"'
    assert PLANTED["an AWS key"] not in Policy().secret(text) + repr(secrets(text))
    assert Policy().secret(text) == "line 1 of what would be sent holds an AWS key"


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "path", "kept"),
    [
        ("src/crypto/", "src/crypto/aes.py", True),
        ("src/crypto/", "src/cryptography.py", False),
        ("*.cpp", "a/b.cpp", True),
        ("/secret.py", "a/secret.py", False),
        ("**/internal/**", "a/internal/b/C.java", True),
    ],
)
def test_files_are_kept_by_gitignore_patterns(pattern: str, path: str, kept: bool) -> None:
    assert bool(Policy(never_send=(pattern,)).refusal(path, b"")) is kept


def test_a_later_pattern_can_let_a_file_go_again() -> None:
    policy = Policy(never_send=("src/", "!src/public.py"))
    assert policy.refusal("src/a.py", b"") == "src/a.py is among never_send ('src/')"
    assert policy.refusal("src/public.py", b"") == ""


CODEOWNERS = """\
# who owns what
*                @everyone
/src/            @core  # the core
/src/crypto/*.py @crypto-team @security
/src/open/

[Payments][2] @payments
billing/
billing/docs/ @writers
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [("src/crypto/aes.py", 4), ("billing/pay.java", 8), ("src/a.py", 0), ("src/open/a.cpp", 0)],
)
def test_files_are_kept_by_their_owners(path: str, line: int) -> None:
    policy = Policy(never_send_owners=("@Security", "@payments"), codeowners=CODEOWNERS)
    reason = policy.refusal(path, b"")
    assert (f"(line {line} of CODEOWNERS)" in reason) if line else reason == ""


def test_the_last_line_that_matches_decides_who_owns_a_file() -> None:
    policy = Policy(never_send_owners=("@everyone",), codeowners=CODEOWNERS)
    assert policy.refusal("README.py", b"")
    assert policy.refusal("src/a.py", b"") == ""


@pytest.mark.parametrize(
    ("head", "kept"),
    [
        ("# SPDX-License-Identifier: GPL-3.0-only", True),
        ("// SPDX-License-Identifier: (MIT OR GPL-2.0-or-later)", True),
        ("/* SPDX-License-Identifier: Apache-2.0 */", False),
        ("# under the terms of the GNU General Public License as published", True),
        ("# under the terms of the GNU Lesser General Public License", False),
        ("# no licence at all", False),
    ],
)
def test_files_are_kept_by_their_licence(head: str, kept: bool) -> None:
    policy = Policy(never_send_licenses=("GPL-3.0", "GPL-2.0"))
    assert bool(policy.refusal("a.py", head.encode() + b"\n")) is kept


@pytest.mark.parametrize("mark", ["no-send", "no-train"])
@pytest.mark.parametrize("comment", ["# codeaug: ", "// codeaug:", "/* codeaug: "])
def test_a_marked_file_stays_here_whatever_the_settings(mark: str, comment: str) -> None:
    source = f"{comment}{mark}\nint f();\n".encode()
    assert "codeaug: no-send" in Policy().refusal("a.cpp", source)


def test_the_policy_has_an_id_that_changes_with_it() -> None:
    ids = {Policy().id, Policy(never_send=("a",)).id, Policy(never_send_owners=("a",)).id}
    assert len(ids) == 3
    assert Policy(never_send=("a",)).id in ids


# --- endpoints ------------------------------------------------------------------------------------

LOCAL = ("http://localhost:8000/v1", "http://127.0.0.1/v1", "https://127.8.9.1:1", "http://[::1]:8")
ELSEWHERE = (
    "https://api.openai.com/v1", "http://localhost.evil.com/v1", "http://127.0.0.1.evil.com/",
    "http://2130706433/v1", "http://0177.0.0.1/v1", "http://[::ffff:127.0.0.1]/v1",
    "http://localhost./v1", "http://0.0.0.0/v1", "http://10.0.0.1/",
)  # fmt: skip
ODD = (
    "ftp://localhost/", "localhost:8000", "http://127.0.0.1@evil.com/", "http://me:pw@localhost/",
    "http://localhost\\@evil.com/", "http://localhost/v1?to=evil", "http://localhost/#x",
    "http://local%68ost/", "http:///v1", "", "http://localhost/a/../b", "http://lo\tcalhost/",
    "http://localhost:99999/", "javascript:alert(1)", "http://lоcalhost/", "http://localhost /",
)  # fmt: skip


@pytest.mark.parametrize("url", LOCAL)
def test_without_a_list_this_machine_may_be_asked(url: str) -> None:
    check_endpoint(url, ())
    assert is_local(url)


@pytest.mark.parametrize("url", ELSEWHERE)
def test_without_a_list_nobody_else_may_be_asked(url: str) -> None:
    with pytest.raises(UsageError, match="may not go to"):
        check_endpoint(url, ())


@pytest.mark.parametrize("url", ODD)
def test_an_odd_address_is_never_taken(url: str) -> None:
    for allowed in ((), ("http://localhost",), ("http://evil.com",)):
        with pytest.raises(UsageError):
            check_endpoint(url, allowed)


@pytest.mark.parametrize(
    ("url", "entry", "fits"),
    [
        ("https://api.openai.com/v1", "https://api.openai.com", True),
        ("https://api.openai.com/v1", "https://API.openai.com:443/v1", True),
        ("https://api.openai.com/v1", "https://api.openai.com/v1/", True),
        ("https://api.openai.com/v10", "https://api.openai.com/v1", False),
        ("http://api.openai.com/v1", "https://api.openai.com/v1", False),
        ("https://api.openai.com:8443/v1", "https://api.openai.com/v1", False),
        ("https://api.openai.com.evil.com/v1", "https://api.openai.com", False),
        ("http://localhost:8000/v1", "https://api.openai.com", False),
    ],
)
def test_an_entry_allows_what_begins_with_it(url: str, entry: str, fits: bool) -> None:
    if fits:
        check_endpoint(url, (entry,))
        return
    with pytest.raises(UsageError, match="does not hold it"):
        check_endpoint(url, (entry,))


def test_a_second_list_can_only_take_away() -> None:
    own = ("https://a.example/v1", "https://b.example")
    assert tightened(own, ("https://a.example",)) == ("https://a.example/v1",)
    assert tightened(own, ("https://b.example/team", "https://evil.example")) == (
        "https://b.example/team",
    )
    assert tightened(own, ("https://evil.example",)) == NOTHING
    assert tightened((), ("https://evil.example",)) == NOTHING
    assert tightened((), ("http://localhost:1", "https://evil.example")) == ("http://localhost:1",)
    assert tightened(NOTHING, ("http://localhost:1",)) == NOTHING


@pytest.mark.parametrize("url", [*LOCAL, *ELSEWHERE])
def test_nothing_is_allowed_by_the_list_that_allows_nowhere(url: str) -> None:
    with pytest.raises(UsageError):
        check_endpoint(url, NOTHING)


# --- settings -------------------------------------------------------------------------------------


def home(tmp_path: Path, text: str) -> dict[str, str]:
    folder = tmp_path / "config" / "codeaug"
    folder.mkdir(parents=True)
    (folder / "codeaug.toml").write_text(text)
    return {"XDG_CONFIG_HOME": str(tmp_path / "config")}


@pytest.mark.parametrize("file", ["codeaug.toml", "pyproject.toml"])
def test_a_repositorys_file_can_only_tighten_what_leaves(tmp_path: Path, file: str) -> None:
    environ = home(
        tmp_path,
        'endpoints = ["https://a.example"]\nnever_send = ["x/"]\nbudget = 5\n',
    )
    table = "[tool.codeaug]\n" if file == "pyproject.toml" else ""
    (tmp_path / file).write_text(
        table + 'endpoints = ["https://evil.example", "https://a.example/v1"]\n'
        'never_send = ["y/"]\nbudget = 50.0\n'
    )
    found = load_settings(tmp_path, {}, environ)
    assert found.settings.endpoints == ("https://a.example/v1",)
    assert found.settings.never_send == ("x/", "y/")
    assert found.settings.budget == 5.0
    assert found.origins["endpoints"] == file


def test_a_repositorys_budget_holds_where_it_is_lower(tmp_path: Path) -> None:
    (tmp_path / "codeaug.toml").write_text("budget = 2\n")
    assert load_settings(tmp_path, {"budget": 5.0}, {}).settings.budget == 2.0
    assert load_settings(tmp_path, {}, {}).settings.budget == 2.0
    assert load_settings(tmp_path, {"budget": 1.0}, {}).settings.budget == 1.0


def test_a_flag_widens_no_list_of_files_that_stay(tmp_path: Path) -> None:
    (tmp_path / "codeaug.toml").write_text('never_send_owners = ["@a"]\n')
    environ = {"CODEAUG_NEVER_SEND_OWNERS": "@b"}
    assert load_settings(tmp_path, {}, environ).settings.never_send_owners == ("@a", "@b")


@pytest.mark.parametrize(
    "line",
    [
        'base_url = "https://evil.example"', 'api_key_env = "AWS_SECRET_ACCESS_KEY"',
        'api_key_file = "/etc/passwd"', 'proxy = "http://evil.example"', 'ca_file = "evil.pem"',
        "untested = true", '[prices."openai:x"]\ninput = 0\noutput = 0',
    ],
)  # fmt: skip
def test_a_repositorys_file_cannot_say_where_source_goes_or_with_which_key(
    tmp_path: Path, line: str
) -> None:
    (tmp_path / "codeaug.toml").write_text(line + "\n")
    with pytest.raises(UsageError, match="may not set"):
        load_settings(tmp_path, {}, {})
