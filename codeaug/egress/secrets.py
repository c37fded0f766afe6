"""Secrets in a text: a quick search for anything suspicious, then detect-secrets' word on it.

`detect-secrets` alone reads less than 1 MB/s; few texts hold anything that the search stops at.
"""

from __future__ import annotations

import importlib
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from detect_secrets.plugins.base import BasePlugin

# Tokens with a form of their own: what matches is a secret, whether the plugins know it or not.
TOKENS = {
    "an AWS key": r"\b(?:A3T[A-Z0-9]|ABIA|ACCA|AKIA|ASIA)[0-9A-Z]{16}\b",
    "a private key": r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File",
    "a GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50})",
    "a GitLab token": r"\bgl(?:pat|dt|rt|ptt|soat|cbt|agent|oas|ffct|imt)-[A-Za-z0-9_\-]{20}",
    "a Slack token": r"\bxox[abeoprs]-[A-Za-z0-9-]{10}|hooks\.slack\.com/services/T[A-Z0-9]+/B",
    "a Stripe key": r"\b[rsp]k_(?:live|test)_[0-9a-zA-Z]{16}",
    "a Twilio key": r"\b(?:AC|SK)[0-9a-f]{32}\b",
    "a SendGrid key": r"\bSG\.[A-Za-z0-9_-]{20,24}\.[A-Za-z0-9_-]{39,50}",
    "an OpenAI key": r"\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{20}",
    "an Azure key": r"\b(?:AccountKey|SharedAccessKey|sig)=[A-Za-z0-9+/%]{40}",
    "an npm token": r"\bnpm_[A-Za-z0-9]{36}|_authToken=\S{10}",
    "a PyPI token": r"\bpypi-AgE[A-Za-z0-9_-]{20}",
    "a Google key": r"\bAIza[0-9A-Za-z_-]{35}|\bya29\.[0-9A-Za-z_-]{20}|\bGOCSPX-[\w-]{20}",
    "a Hugging Face token": r"\bhf_[A-Za-z0-9]{30}",
    "a Telegram token": r"\b\d{8,10}:AA[0-9A-Za-z_-]{33}\b",
    "a Discord token": r"\b[MNO][A-Za-z\d_-]{23,25}\.[A-Za-z\d_-]{6}\.[A-Za-z\d_-]{27}",
    "a Square key": r"\bsq0(?:atp|csp)-[0-9A-Za-z_-]{22}",
    "a Mailchimp key": r"\b[0-9a-f]{32}-us\d{1,2}\b",
    "a DigitalOcean token": r"\bdo[opr]_v1_[a-f0-9]{64}\b",
    "a Vault token": r"\bhv[sbr]\.[A-Za-z0-9_-]{24}",
    "a JSON web token": r"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}",
    "an age or SSH key": r"\bAGE-SECRET-KEY-1[0-9A-Z]{20}",
}
# A password in an address, and a text given to something that is named like a secret.
_ADDRESS = r"\b[a-z][a-z0-9+.-]*://[^\s/:@'\"<>{}$%]*:[^\s/:@'\"<>]{3,}@[\w.-]"
_NAMED = (
    r"(?i:pass(?:wd|word|phrase)?|pwd|secret|token|api[_-]?key|access[_-]?key|auth[_-]?key|"
    r"private[_-]?key|credential|client[_-]?secret|encryption[_-]?key)\w*['\"]?\]?\s*"
    r"(?:=|:|,|\(|\{|=>|:=|(?:\s*:\s*\w+\s*=))\s*[a-zA-Z]{0,3}['\"][^'\"\s]{6,}['\"]"
)
_VALUE = re.compile(r"['\"]([^'\"\s]{6,})['\"]\Z")
_TOKENS = re.compile("|".join(TOKENS.values()))
_CONTEXT = (re.compile(_ADDRESS), re.compile(_NAMED))
# Every token has a run like that, or one of these words: few lines do.
_RUN = re.compile(r"[A-Za-z0-9_-]{20}")
_TELLING = ("PRIVATE KEY", "PuTTY-User", "hooks.slack", "Key=", "sig=", "_authToken", "xox", "SG.")
_PLACEHOLDER = re.compile(
    r"(?i)(?:change.?me|replace|your|my|dummy|fake|sample|example|placeholder|default|test|demo|"
    r"foo|bar|baz|none|null|true|false|undefined|todo|redacted|hidden|password|passwd|secret|"
    r"token|key|user|name|hello|world|string|value|invalid|wrong|correct)"
)
_TEMPLATE = re.compile(r"\$\{|\{\{|\{\w*\}|<[^>]+>|%[sd(]|\.\.\.|\*{3}|x{3,}|X{3,}|#\{")
_WORDS = re.compile(r"[a-z]+(?:[-_. ][a-z]+)*|[A-Z]+(?:[-_. ][A-Z]+)*|[a-z]+(?:[A-Z][a-z]+)+")
_PLUGINS = (
    "artifactory.ArtifactoryDetector", "aws.AWSKeyDetector",
    "azure_storage_key.AzureStorageKeyDetector", "basic_auth.BasicAuthDetector",
    "cloudant.CloudantDetector", "discord.DiscordBotTokenDetector",
    "github_token.GitHubTokenDetector", "gitlab_token.GitLabTokenDetector",
    "ibm_cloud_iam.IbmCloudIamDetector", "ibm_cos_hmac.IbmCosHmacDetector",
    "jwt.JwtTokenDetector", "mailchimp.MailchimpDetector", "npm.NpmDetector",
    "openai.OpenAIDetector", "private_key.PrivateKeyDetector", "pypi_token.PypiTokenDetector",
    "sendgrid.SendGridDetector", "slack.SlackDetector", "softlayer.SoftlayerDetector",
    "square_oauth.SquareOAuthDetector", "stripe.StripeDetector",
    "telegram_token.TelegramBotTokenDetector", "twilio.TwilioKeyDetector",
)  # fmt: skip
LEAST_ENTROPY = 2.8
"""Bits a character below which a text is a word rather than a secret."""


@dataclass(frozen=True, slots=True)
class Secret:
    """What stands on a line (from 1) of a text. The secret itself is not kept."""

    kind: str
    line: int


def secrets(text: str) -> list[Secret]:
    """What looks like a secret in a text, one a line at most, in order."""
    found: dict[int, Secret] = {}
    for start, hit in sorted(_hits(text)):
        line = text.count("\n", 0, start) + 1
        kind = _kind(hit, _line(text, start))
        if kind and line not in found:
            found[line] = Secret(kind, line)
    return list(found.values())


def _hits(text: str) -> Iterator[tuple[int, str]]:
    """Where something suspicious begins, and what."""
    for pattern in _CONTEXT:
        yield from ((match.start(), match[0]) for match in pattern.finditer(text))
    for start, end in _suspicious(text):
        yield from ((match.start(), match[0]) for match in _TOKENS.finditer(text, start, end))


def _suspicious(text: str) -> Iterator[tuple[int, int]]:
    """The lines, from where to where, that can hold a token; or the whole text."""
    if any(word in text for word in _TELLING):
        yield 0, len(text)
        return
    end = -1
    for match in _RUN.finditer(text):
        if match.start() > end:
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.end())
            end = len(text) if end < 0 else end
            yield start, end


def _line(text: str, position: int) -> str:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return text[start : end if end >= 0 else len(text)]


def _kind(hit: str, line: str) -> str:
    """What a hit is; "" when it is none after all."""
    for kind, pattern in _tokens().items():
        if pattern.match(hit):
            return kind
    value = _VALUE.search(hit)
    if value is not None and _is_real(value[1]):
        return "a secret in plain text"
    password = hit.rpartition("@")[0].rpartition(":")[2]
    if value is None and not _is_real(password, least=1.5):
        return ""
    found = next(_plugin_words(line), "")
    if found:
        return f"what detect-secrets calls {found}"
    return "" if value else "a password in an address"


def _is_real(value: str, least: float = LEAST_ENTROPY) -> bool:
    """Whether a text given to a secret's name is one, and no placeholder, path or word."""
    if _TEMPLATE.search(value) or _PLACEHOLDER.search(value) or _WORDS.fullmatch(value):
        return False
    if value.startswith(("/", "./", "../", "http://", "https://", "--")) or "(" in value:
        return False
    kinds = sum(bool(re.search(part, value)) for part in ("[a-z]", "[A-Z]", "[0-9]", r"[^\w]"))
    return kinds >= 2 and _entropy(value) >= least


def _entropy(value: str) -> float:
    """Bits a character (Shannon 1948)."""
    total = len(value)
    return -sum(n / total * math.log2(n / total) for n in Counter(value).values())


def _plugin_words(line: str) -> Iterator[str]:
    """What detect-secrets calls the secrets of a line."""
    for plugin in _plugins():
        if any(plugin.analyze_string(line)):
            yield str(plugin.secret_type)


@cache
def _plugins() -> tuple[BasePlugin, ...]:
    made = []
    for name in _PLUGINS:
        module, _, plugin = name.partition(".")
        made.append(getattr(importlib.import_module(f"detect_secrets.plugins.{module}"), plugin)())
    return tuple(made)


@cache
def _tokens() -> dict[str, re.Pattern[str]]:
    return {kind: re.compile(pattern) for kind, pattern in TOKENS.items()}
