"""What may not enter a dataset, one reason each: of units, and of texts.

A unit that is kept out takes all that was made of it along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from codeaug.egress.licenses import is_same, license_names
from codeaug.egress.secrets import secrets
from codeaug.store.material import Known

# Unmistakable control tokens of chat and fill-in-the-middle models, where no tokenizer is named.
_CONTROL = re.compile(
    r"<\|[A-Za-z_]{2,40}\|>|<fim[_-](?:prefix|suffix|middle|pad)>|<｜[^｜\n]{2,40}｜>"
)
_MAIL = re.compile(
    r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*\.[A-Za-z]{2,24}\b"
)
_HARMLESS_MAIL = re.compile(r"@(?:[\w-]+\.)*(?:example|test|invalid|localhost|local)(?:\.\w+)?$")
_PHONE = re.compile(r"(?<![\w.+-])\+\d{1,3}[ -]?\(?\d{2,4}\)?(?:[ -]\d{2,4}){2,4}(?![\w-])")
_NUMBER = re.compile(r"\d\d[ -]?\d")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
_CARD = re.compile(r"(?<![\w.-])(?:\d{4}[ -]){3}\d{4}(?![\w.-])")
_SSN = re.compile(r"(?<![\w.-])\d{3}-\d{2}-\d{4}(?![\w-])")

Reason = str
"""Why something is kept out; "" when it is not."""


def secret_in(code: str) -> Reason:
    """Raises MissingTool."""
    found = secrets(code)
    return f"looks like a secret ({found[0].kind})" if found else ""


def personal_data_in(code: str) -> Reason:
    """What may be about a person: an address, a number of a phone, an account or a card."""
    if "@" in code and any(
        not _HARMLESS_MAIL.search(match[0].lower()) for match in _MAIL.finditer(code)
    ):
        return "holds personal data (an e-mail address)"
    if "+" in code and _PHONE.search(code):
        return "holds personal data (a phone number)"
    if not _NUMBER.search(code):
        return ""
    if any(_is_iban(match[0]) for match in _IBAN.finditer(code)):
        return "holds personal data (a bank account)"
    if any(_luhn(match[0]) for match in _CARD.finditer(code)):
        return "holds personal data (a card number)"
    if _SSN.search(code):
        return "holds personal data (a social security number)"
    return ""


def _is_iban(text: str) -> bool:
    """By its check digits, ISO 13616."""
    plain = text.replace(" ", "")
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def _luhn(text: str) -> bool:
    """By its check digit, ISO/IEC 7812-1."""
    digits = [int(sign) for sign in reversed(text) if sign.isdigit()]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def not_text(code: str) -> Reason:
    """A lone surrogate is no Unicode text: no consumer can read it."""
    try:
        code.encode()
    except UnicodeEncodeError:
        return "is not Unicode text (a lone surrogate)"
    return ""


def control_tokens(special: Iterable[str] | None) -> Callable[[str], Reason]:
    """Finds what the target's tokenizer would read as a control token; without a tokenizer
    (None), the tokens that are unmistakable."""
    pattern = _CONTROL
    if special is not None:
        listed = sorted((re.escape(token) for token in special if token.strip()), reverse=True)
        pattern = re.compile("|".join(listed) or r"(?!)")

    def control_token_in(code: str) -> Reason:
        match = pattern.search(code)
        return f"holds a control token of the model ({match[0]})" if match else ""

    return control_token_in


def licenses_of(known: Known, head: bytes) -> tuple[str, ...]:
    """The licences that a file says it is under, else the repository's."""
    return _names(head) or (known.repository.license,)


def licensed(found: Iterable[str], allowed: Sequence[str]) -> Reason:
    """Whether all of a file's licences are allowed."""
    for name in found:
        if not name or not any(is_same(name, one) for one in allowed):
            return f"is under a licence that is not allowed ({name or 'unknown'})"
    return ""


@lru_cache(maxsize=64)
def _names(head: bytes) -> tuple[str, ...]:
    return tuple(name for name, _ in license_names(head))


def skipped(patterns: Iterable[str]) -> Callable[[str], Reason]:
    """Files that the settings leave out of datasets."""
    from pathspec import GitIgnoreSpec

    spec = GitIgnoreSpec.from_lines(patterns)

    def skipped_path(path: str) -> Reason:
        return "is in a file that dataset.skip leaves out" if spec.match_file(path) else ""

    return skipped_path


def same_family(target: str, model: str) -> bool:
    """Whether the model to be tuned is that which made a variant, or one of its line."""
    one, other = (_family(name) for name in (target, model))
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _family(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower().rsplit(":", 1)[-1].rsplit("/", 1)[-1]).strip("-")
