"""The way to another codeaug's API: asked again while it does not answer, and plain about why."""

from __future__ import annotations

import json
import ssl
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter

from codeaug.endpoints import parse
from codeaug.errors import CodeaugError, ReceiverUnavailable, UsageError

ATTEMPTS = 6
"""One minute of waiting, all in all."""

_SECONDS = 60.0
_LATER = {
    HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE,
    HTTPStatus.GATEWAY_TIMEOUT,
}  # fmt: skip
_WAIT = wait_exponential_jitter(multiplier=1, max=30, jitter=1)


class _Later(ReceiverUnavailable):
    """It may answer another time; `seconds` is what it asks to wait for."""

    seconds = 0.0


class Receiver:
    """A codeaug review server that takes samples. Raises UsageError for what its answer says is
    wrong here, ReceiverUnavailable when there is none."""

    def __init__(
        self, url: str, key: str, *, proxy: str = "", ca_file: str = "", attempts: int = ATTEMPTS
    ) -> None:
        address = parse(url)
        if address.scheme != "https" and not address.is_local:
            raise UsageError(f"source would cross the network to {url} in clear: give an https one")
        self.url = url.rstrip("/")
        self._attempts = attempts
        self._client = httpx.Client(
            base_url=self.url, timeout=_SECONDS, trust_env=False,
            headers={"authorization": f"Bearer {key}", "content-type": "application/json"},
            proxy=None if address.is_local else proxy or None,
            verify=_trusted(ca_file) if address.scheme == "https" else False,
        )  # fmt: skip

    def close(self) -> None:
        self._client.close()

    def greet(self) -> None:
        """Asks, once, whether this key may push."""
        if "ingest" not in self._once("GET", "/api/v1/me", b"")["may"]:
            raise UsageError(
                f"the key may not push to {self.url}: it needs the scope ingest, of a curator"
            )

    def known(self, ids: Sequence[str]) -> set[str]:
        """Those samples that are there already."""
        body = json.dumps({"ids": ids}).encode()
        return set(self._ask("POST", "/api/v1/samples/known", body)["known"])

    def put(self, samples: Sequence[bytes]) -> dict[str, int]:
        """Sends samples, each a JSON document; how many were `added`, `known` and `queued`."""
        body = b'{"samples":[' + b",".join(samples) + b"]}"
        answer: dict[str, int] = self._ask("POST", "/api/v1/samples", body)
        return answer

    def _ask(self, method: str, path: str, body: bytes) -> Any:
        return Retrying(
            retry=retry_if_exception_type(_Later), wait=_wait,
            stop=stop_after_attempt(self._attempts), reraise=True,
        )(self._once, method, path, body)  # fmt: skip

    def _once(self, method: str, path: str, body: bytes) -> Any:
        try:
            answer = self._client.request(method, path, content=body)
        except httpx.TransportError as error:
            if "CERTIFICATE_VERIFY_FAILED" in str(error):
                sentence = f"the certificate of {self.url} is not trusted: set ca_file"
                raise UsageError(sentence) from error
            why = str(error) or type(error).__name__
            raise _Later(f"{self.url} cannot be reached ({why})") from error
        if answer.is_success:
            return self._read(answer)
        raise self._problem(answer)

    def _read(self, answer: httpx.Response) -> Any:
        try:
            return answer.json()
        except ValueError as error:
            raise _no_receiver(self.url) from error

    def _problem(self, answer: httpx.Response) -> CodeaugError:
        code = answer.status_code
        if code in _LATER:
            later = _Later(f"{self.url} is busy ({code})")
            seconds = answer.headers.get("retry-after", "")
            later.seconds = min(float(seconds), 60.0) if seconds.isdecimal() else 0.0
            return later
        if code == HTTPStatus.UNAUTHORIZED:
            return UsageError(f"{self.url} does not know the key: it is wrong, revoked or expired")
        if code == HTTPStatus.FORBIDDEN:
            return UsageError(f"{self.url} does not let this key push: {_told(answer)}")
        if answer.is_redirect:
            place = answer.headers.get("location", "elsewhere")
            return UsageError(f"{self.url} leads to {place}: give that address, if you trust it")
        if code in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
            return _no_receiver(self.url)
        if answer.is_server_error:
            return ReceiverUnavailable(f"{self.url} failed ({code})")
        return UsageError(f"{self.url} refuses what was sent ({code}): {_told(answer)}")


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return max(_WAIT(state), error.seconds if isinstance(error, _Later) else 0.0)


def _trusted(ca_file: str) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError) as error:
            raise UsageError(f"ca_file {ca_file} holds no certificates") from error
    return context


def _no_receiver(url: str) -> UsageError:
    return UsageError(f"{url} takes no samples: it is no `codeaug review`, or of an older version")


def _told(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["problem"])[:500]
    except (ValueError, KeyError, TypeError):
        return answer.text[:200] or "it does not say why"
