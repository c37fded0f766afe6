"""Secrets in a text: a fast search for anything suspicious, then a close look at what it finds."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from codeaug.egress.assigned import assigned, is_placeholder
from codeaug.egress.forms import FORMS, SUSPECT, is_suspect
from codeaug.errors import MissingTool

if TYPE_CHECKING:
    from detect_secrets.plugins.base import BasePlugin

# detect-secrets' plugins for secrets with a form of their own. Those for names and for entropy are
# left out (they stop at most of a codebase), and so is that for addresses with a password.
_PLUGINS = (
    "artifactory.ArtifactoryDetector", "aws.AWSKeyDetector",
    "azure_storage_key.AzureStorageKeyDetector", "cloudant.CloudantDetector",
    "discord.DiscordBotTokenDetector", "github_token.GitHubTokenDetector",
    "gitlab_token.GitLabTokenDetector", "ibm_cloud_iam.IbmCloudIamDetector",
    "ibm_cos_hmac.IbmCosHmacDetector", "jwt.JwtTokenDetector", "mailchimp.MailchimpDetector",
    "npm.NpmDetector", "openai.OpenAIDetector", "private_key.PrivateKeyDetector",
    "pypi_token.PypiTokenDetector", "sendgrid.SendGridDetector", "slack.SlackDetector",
    "softlayer.SoftlayerDetector", "square_oauth.SquareOAuthDetector", "stripe.StripeDetector",
    "telegram_token.TelegramBotTokenDetector", "twilio.TwilioKeyDetector",
)  # fmt: skip
_FORMS = {kind: re.compile(form) for kind, form in FORMS.items()}

_PIECE, _OVERLAP = 1024, 256
_ABOVE, _BELOW = 1, 4  # lines around a suspect one


@dataclass(frozen=True, slots=True)
class Secret:
    """What stands on a line (from 1) of a text. The secret itself is not kept."""

    kind: str
    line: int


def secrets(text: str) -> list[Secret]:
    """What looks like a secret in a text, one a line at most, in order.

    Raises MissingTool when something must be looked at and detect-secrets is not installed.
    """
    if not is_suspect(text):
        return []
    found: dict[int, str] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if is_suspect(line) and (kind := next(_kinds(line), "")):
            found[number] = kind
    for start, kind in assigned(text):
        found.setdefault(text.count("\n", 0, start) + 1, kind)
    return [Secret(kind, line) for line, kind in sorted(found.items())]


def likely_secrets(text: str, is_known: Callable[[str], bool]) -> list[Secret]:
    """As `secrets`, by our own forms and names alone: fast, and without detect-secrets, so without
    what only that knows. Nothing is told of lines that `is_known` knows."""
    lines = text.split("\n")
    new = {number for number, line in enumerate(lines) if not is_known(line)}
    if len(new) < len(lines):
        near = {number + step for number in new for step in range(-_BELOW, _ABOVE + 1)}
        lines = [line if number in near else "" for number, line in enumerate(lines)]
        text = "\n".join(lines)
    found: dict[int, str] = {}
    for first, last in _suspect_parts(text, len(lines)):
        part = lines[first:last]
        for number, line in enumerate(part, first):
            if number in new and (kind := next(_formed(line), "")):
                found[number] = kind
        joined = "\n".join(part)
        for start, kind in assigned(joined):
            if (number := first + joined.count("\n", 0, start)) in new:
                found.setdefault(number, kind)
    return [Secret(kind, number + 1) for number, kind in sorted(found.items())]


def _suspect_parts(text: str, lines: int) -> Iterator[tuple[int, int]]:
    """Suspect lines with their neighbours, where a name's value may stand; from line to line."""
    lower = text.lower()
    at = number = first = last = 0
    for match in SUSPECT.finditer(lower):
        number += lower.count("\n", at, match.start())
        at = match.start()
        if number - _ABOVE > last and last:
            yield first, last
            last = 0
        first = first if last else max(0, number - _ABOVE)
        last = min(lines, number + _BELOW + 1)
    if last:
        yield first, last


def _formed(line: str) -> Iterator[str]:
    for kind, form in _FORMS.items():
        if any("EXAMPLE" not in match[0] for match in form.finditer(line)):
            yield kind


def _kinds(line: str) -> Iterator[str]:
    yield from _formed(line)
    # Some plugins' patterns take time that grows with the square of a line's length.
    pieces = [line[start : start + _PIECE] for start in range(0, len(line), _PIECE - _OVERLAP)]
    for plugin in _plugins():
        if any(_confirms(plugin, piece) for piece in pieces):
            yield f"what detect-secrets calls {plugin.secret_type}"


def _confirms(plugin: BasePlugin, text: str) -> bool:
    """Whether a plugin finds a secret that stands by itself and is no placeholder."""
    # Only this method: `analyze_line` can be made to try a secret out over the network.
    return any(
        not is_placeholder(value) and re.search(rf"(?<![A-Za-z0-9]){re.escape(value)}", text)
        for value in plugin.analyze_string(text)
    )


@cache
def _plugins() -> tuple[BasePlugin, ...]:
    made = []
    for name in _PLUGINS:
        module, _, plugin = name.partition(".")
        try:
            found = importlib.import_module(f"detect_secrets.plugins.{module}")
        except ImportError as error:
            raise MissingTool(
                "detect-secrets is not installed, so nothing may be sent: "
                "pip install 'codeaug[llm]'."
            ) from error
        made.append(getattr(found, plugin)())
    return tuple(made)
