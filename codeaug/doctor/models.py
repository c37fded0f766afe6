"""Keys that are named and not there, and what the endpoint of a model can do."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from codeaug.doctor.line import Line
from codeaug.doctor.surroundings import ambient
from codeaug.errors import CodeaugError, UsageError
from codeaug.settings import Settings


def keys(settings: Settings) -> Iterator[Line]:
    """Whether a model and a receiver that the settings name could be asked. No model is."""
    if settings.engine == "llm" or settings.model:
        from codeaug.pipeline.desk import access

        fix = f"export {settings.api_key_env}=..., or name a file in api_key_file"
        yield _tried("model", lambda: access(settings).base_url, fix)
    if settings.push:
        from codeaug.pipeline.pushing import receiver

        def greeted() -> str:
            there = receiver(settings)
            try:
                there.greet()
            finally:
                there.close()
            return f"{settings.push} takes what is pushed"

        yield _tried("push", greeted, f"export {settings.push_key_env}=..., see docs/review.md")

    if settings.oidc_issuer:
        name = settings.oidc_client_secret_env
        known = bool(os.environ.get(name))
        detail = (
            settings.oidc_issuer if known else f"{name}, which should hold the secret, is not set"
        )
        fix = "" if known else f"export {name}=..., see docs/review.md"
        yield Line("sign-in", known, detail, fix, UsageError)


def _tried(name: str, attempt: Callable[[], str], fix: str) -> Line:
    try:
        return Line(name, True, attempt())
    except CodeaugError as error:
        return Line(name, False, str(error), fix, type(error))


def examine_model(settings: Settings) -> Iterator[Line]:
    """What the model's endpoint can do, by one real request; no source leaves.

    Raises UsageError for what is set wrongly, ModelUnavailable when nothing comes back.
    """
    from codeaug.engines.llm.endpoint import open_endpoint
    from codeaug.engines.llm.pricing import prices
    from codeaug.engines.llm.probing import probe
    from codeaug.pipeline.desk import access

    endpoint = open_endpoint(settings.model, access(settings))
    yield Line("endpoint", True, endpoint.base_url)
    found = probe(endpoint, settings.model, settings.reply_tokens)
    reply = found.reply
    yield Line("reply", True, f"{reply.text.strip()[:60]!r} in {found.seconds:.2f} s")
    hint = "" if reply.finish else "a reply that is cut off shows only by its open fence"
    yield Line("finish reason", bool(reply.finish), reply.finish or "not said", hint)
    counts = reply.prompt_tokens is not None and reply.reply_tokens is not None
    tokens = f"{reply.prompt_tokens} and {reply.reply_tokens} tokens" if counts else "not said"
    yield Line("usage", counts, tokens, "" if counts else "costs will be estimates")
    yield Line("parameters that it refuses", True, ", ".join(found.refused) or "none")
    yield Line("fingerprint", True, reply.fingerprint or "none: replies cannot be made again")
    price = prices(settings.own_prices).get(settings.model)
    known = f"${price.input} in, ${price.output} out for a million tokens" if price else "unknown"
    fix = f'[prices."{settings.model}"] in your codeaug.toml, or no budget can be kept'
    yield Line("price", price is not None, known, "" if price else fix)
    yield ambient()
    endpoint.close()
