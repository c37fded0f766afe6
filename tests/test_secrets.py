"""Secrets in what would be sent: planted ones are found, what only looks like one is not."""

from __future__ import annotations

import base64
import random
import string
import subprocess
import sys

import pytest

from codeaug.egress import Policy, secrets

RNG = random.Random(7)
HEX = "0123456789abcdef"
UPPER = string.ascii_uppercase + string.digits
DIGITS = string.digits


def made(length: int, alphabet: str = string.ascii_letters + string.digits) -> str:
    """A text such as tokens are made of; none stands in this file."""
    return "".join(RNG.choice(alphabet) for _ in range(length))


def web_token() -> str:
    parts = (b'{"alg":"HS256"}', b'{"sub":"12345"}', made(20).encode())
    return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts)


PLANTED = [
    ("an AWS access key", "AKIA" + made(16, UPPER)),
    ("an AWS access key", "ASIA" + made(16, UPPER)),
    ("a private key", "-----BEGIN RSA " + "PRIVATE KEY-----"),
    ("a private key", "-----BEGIN OPENSSH " + "PRIVATE KEY-----"),
    ("a private key", "-----BEGIN PGP " + "PRIVATE KEY BLOCK-----"),
    ("a private key", "-----BEGIN " + "PRIVATE KEY-----"),
    ("a private key", "PuTTY-User-" + "Key-File-3"),
    ("an age key", "AGE-SECRET-" + "KEY-1" + made(58, UPPER)),
    ("a GitHub token", "ghp_" + made(36)),
    ("a GitHub token", "ghs_" + made(36)),
    ("a GitHub token", "github_pat_" + made(82)),
    ("a GitLab token", "glpat-" + made(20)),
    ("a GitLab token", "glrt-" + made(20)),
    ("a GitLab token", "GR1348941" + made(20)),
    ("a Slack token", "xoxb-" + made(12, DIGITS) + "-" + made(24)),
    ("a Slack webhook", "https://hooks.slack.com/services/T" + made(8, UPPER) + "/B" + made(8)),
    ("a Stripe key", "sk_live_" + made(24)),
    ("a Stripe key", "rk_live_" + made(24)),
    ("a Twilio key", "AC" + made(32, HEX)),
    ("a Twilio key", "SK" + made(32, HEX)),
    ("a SendGrid key", "SG." + made(22) + "." + made(43)),
    ("an OpenAI key", "sk-proj-" + made(48)),
    ("an OpenAI key", "sk-" + made(20) + "T3Blbk" + "FJ" + made(20)),
    ("an Anthropic key", "sk-ant-api03-" + made(40)),
    ("an Azure key", "AccountKey=" + made(86) + "=="),
    ("an Azure key", "https://a.blob.core.windows.net/b?sv=1&sig=" + made(43)),
    ("an npm token", "npm_" + made(36)),
    ("an npm token", "//registry.npmjs.org/:_authToken=" + made(36)),
    ("a PyPI token", "pypi-AgEIcHlwaS5vcmc" + made(70)),
    ("a Google key", "AIza" + made(35)),
    ("a Hugging Face token", "hf_" + made(34)),
    ("a Telegram token", made(9, "123456789") + ":AA" + made(33)),
    ("a Discord token", "M" + made(23) + "." + made(6) + "." + made(27)),
    ("a Square key", "sq0csp-" + made(43)),
    ("a Mailchimp key", made(32, HEX) + "-us12"),
    ("a DigitalOcean token", "dop_v1_" + made(64, HEX)),
    ("a Vault token", "hvs." + made(24)),
    ("a Databricks token", "dapi" + made(32, HEX)),
    ("a JSON web token", web_token()),
    ("a password in an address", "postgres://admin:" + "Tr0ub4dor!" + "@db.internal/orders"),
    ("a bearer token", "Bearer " + made(40)),
    ("what detect-secrets calls Artifactory Credentials", "AKC" + made(40)),
]
LINES = {
    "python": 'def connect():\n    value = "{}"\n    return value\n',
    "java": 'String connect() {{\n    String value = "{}";\n    return value;\n}}\n',
    "cpp": 'std::string connect() {{\n    const char* value = R"({})";\n    return value;\n}}\n',
    "comment": "int connect() {{\n    // leaked: {} !\n    return 1;\n}}\n",
}


@pytest.mark.parametrize("language", LINES)
@pytest.mark.parametrize(("kind", "value"), PLANTED)
def test_a_planted_secret_is_found(kind: str, value: str, language: str) -> None:
    if "Artifactory" in kind and language == "cpp":
        value += " "  # detect-secrets wants a blank or quote behind it
        language = "comment"
    found = secrets(LINES[language].format(value))
    assert [(secret.kind, secret.line) for secret in found] == [(kind, 2)]


PASSWORD = "q7" + "!vK2x#9Lm"
RANDOM = made(32, HEX)


@pytest.mark.parametrize(
    "line",
    [
        'password = "{}"', "DB_PASSWORD = '{}'", 'db_password: str = "{}"', 'password = b"{}"',
        'self._password: str | None = "{}"', 'password: Final[str] = "{}"', 'x["password"] = "{}"',
        'password = (\n    "{}"\n)', 'password = """{}"""', 'connect(host, password="{}")',
        'os.environ.get("DB_PASSWORD", "{}")', 'if password == "{}":', 'password = env or "{}"',
        'parser.add_argument("--password", default="{}")', 'auth=("bob", "{}")',
        '{"client_secret": "{}"}', 'private static final String DB_PASSWORD = "{}";',
        'client.setPassword("{}");', 'String password = new String("{}");', '.password("{}")',
        'if (password.equals("{}"))', 'props.put("spring.datasource.password", "{}");',
        'new UsernamePasswordCredentials("bob", "{}")', 'char[] pwd = "{}".toCharArray();',
        'const char password[] = "{}";', 'char password[25] = "{}";', '#define DB_PASSWORD "{}"',
        'const std::string secret{"{}"};', 'auto password = R"({})";', 'wchar_t* pwd = L"{}";',
        'constexpr std::string_view kPassword = "{}";', 'password.assign("{}");',
        'auto password = std::string("{}");', "# password: {}", "// the password is {}",
    ],
)  # fmt: skip
def test_the_real_value_of_something_named_like_a_password_is_found(line: str) -> None:
    for value in (PASSWORD, PASSWORD[::-1]):
        assert secrets(line.replace("{}", value)), line


@pytest.mark.parametrize("value", [RANDOM, made(40), PASSWORD, "550e8400-" + "e29b-41d4-a716"])
@pytest.mark.parametrize(
    "line",
    [
        'api_key = "{}"', 'config["api_key"] = "{}"', 'auth_token: str = "{}"', 'apiKey="{}"',
        'private static final String ACCESS_TOKEN = "{}";', 'const std::string api_key{"{}"};',
        'String encryptionKey = "{}";', 'aws_secret_access_key = "{}"', '#define AUTH_KEY "{}"',
    ],
)  # fmt: skip
def test_a_random_text_beside_a_name_such_as_token_is_found(line: str, value: str) -> None:
    assert secrets(line.replace("{}", value)), line


@pytest.mark.parametrize(
    "value",
    ["hunter2", "S3cret!pass", "myS3cr3t!9x", "Summer-2024", "blue-Horse7", "correcthorse7battery"],
)
def test_a_password_of_words_with_something_odd_is_found(value: str) -> None:
    assert secrets(f'password = "{value}"')


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
        'password.encode("utf-16-le")', 'password.getBytes("ISO-8859-1")', 'password = "password1"',
        'PASSWORD = "javax.net.ssl.keyStorePassword"', 'getpass("Enter password: ")',
        'secret = "test-secret"', 'TOKEN_HEADER = "X-Auth-Token-V2"', 'token = "iso-8859-1"',
        'secret_name = "db-prod-1"', 'password = "$PASSWORD"', 'password = "123456"',
        'keyFor("AES/CBC/PKCS5Padding")', 'secret = "projects/p/secrets/s1"', '"secret", "Ed25519"',
        'splitpasswd("user:ab")', 'bypass("newdomain.com:1234")', 'token = "0000000000000000"',
        'secret = "AKIAIOSFODNN7' + 'EXAMPLE"', 'names = ["ssh2_auth_password", "ssh2_auth_key"]',
        'you can pass "inline=False1" to it', 'TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")',
        "PublicKey = 'MLKEM768X25519PublicKey'",
    ],
)  # fmt: skip
def test_a_placeholder_or_a_word_is_no_secret(line: str) -> None:
    assert secrets(line) == []


def test_each_line_with_a_secret_is_named_once_and_in_order() -> None:
    first, second = "ghp_" + made(36), "npm_" + made(36)
    text = f'a = 1\nb = "{second}"\npassword = "{PASSWORD}"\nc = "{first} {second}"\n'
    assert [secret.line for secret in secrets(text)] == [2, 3, 4]


def test_a_secret_itself_is_never_repeated() -> None:
    key = "AKIA" + made(16, UPPER)
    text = f'key = "{key}"\n'
    assert key not in Policy().secret(text) + repr(secrets(text))
    assert Policy().secret(text) == "line 1 holds an AWS access key"


PROGRAM = """
import sys
{before}
from codeaug.egress import secrets
value = "gh" + "p_" + "aB3dE" * 8
print([secret.kind for secret in secrets(f'token = "{{value}}"')])
"""


def run(before: str) -> subprocess.CompletedProcess[str]:
    program = PROGRAM.format(before=before)
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)


def test_the_search_opens_no_connection() -> None:
    hook = "sys.addaudithook(lambda event, _: event.startswith('socket.') and sys.exit(event))"
    done = run(hook)
    assert (done.stdout, done.stderr) == ("['a GitHub token']\n", "")


def test_without_detect_secrets_nothing_suspicious_is_let_through() -> None:
    # A text that the plugins alone could judge: no form of our own is in it.
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.modules['detect_secrets'] = None\n"
            "from codeaug.egress import secrets; print(secrets('token = 1'))",
        ],
        capture_output=True,
        text=True,
    )
    assert "MissingTool: detect-secrets is not installed" in done.stderr
    assert done.stdout == ""
