"""The sandbox, and what the environment says of networks."""

from __future__ import annotations

import os
from collections.abc import Iterator

from codeaug.doctor.line import Line
from codeaug.errors import MissingTool, NoSandbox, UsageError
from codeaug.settings import Settings

TRACING = (
    *("LANGSMITH_TRACING", "LANGSMITH_API_KEY", "LANGCHAIN_TRACING_V2", "LANGCHAIN_API_KEY"),
    "OTEL_EXPORTER_OTLP_ENDPOINT",
)
ENDPOINTS = ("OPENAI_BASE_URL", "OPENAI_API_BASE")
_SCHEMES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
PROXIES = (*_SCHEMES, *map(str.lower, _SCHEMES))
_CERTIFICATES = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "PIP_CERT")


def network(settings: Settings) -> Iterator[Line]:
    """Variables that other programs obey: said, so that nobody wonders."""
    yield ambient()
    if proxies := _set(PROXIES):
        detail = f"{', '.join(proxies)}: used to fetch dependencies, and never to ask a model"
        yield Line("proxy", True, detail)
    for name in _set(_CERTIFICATES):
        if not os.path.exists(os.environ[name]):
            detail = f"{name} names {os.environ[name]}, which is not there: fetching will fail"
            fix = f"unset {name}, or put the file there"
            yield Line("certificates", False, detail, fix, UsageError)
    if settings.ca_file and not os.path.isfile(settings.ca_file):
        detail = f"ca_file names {settings.ca_file}, which is not there"
        yield Line("certificates", False, detail, "put it there, or leave ca_file out", UsageError)


def ambient() -> Line:
    """What would send source elsewhere, were it obeyed."""
    found = _set((*TRACING, *ENDPOINTS))
    told = ", ".join(found) + ": set here, and not used" if found else "nothing"
    return Line("tracing and endpoints of the environment", True, told)


def _set(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if os.environ.get(name)]


def sandbox() -> Line:
    """The level, and what an attempt from inside it was refused."""
    from codeaug.sandbox import probe
    from codeaug.sandbox.probing import REFUSED

    try:
        level = probe().level
    except (NoSandbox, MissingTool) as error:
        return Line("sandbox", False, str(error), "see docs/sandbox.md", NoSandbox)
    return Line("sandbox", True, f"{level}; tried from inside: {', '.join(REFUSED)}")
