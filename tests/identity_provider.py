"""An OpenID Connect provider on loopback: discovery, code flow with PKCE, signed tokens."""

from __future__ import annotations

import hashlib
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlencode

from fastapi import FastAPI, Request
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.responses import JSONResponse, RedirectResponse, Response

from tests.visiting import served

CLIENT, SECRET = "codeaug-tests", "tests' own secret"


class IdentityProvider:
    """Signs `person` in without asking; `wrong` is put over the claims of its tokens."""

    def __init__(self) -> None:
        self.address = ""
        self.person: dict[str, Any] = {"sub": "1", "preferred_username": "ann", "groups": []}
        self.wrong: dict[str, Any] = {}
        self.key = RSAKey.generate_key(2048, {"kid": "tests", "use": "sig"})
        self.signing_key = self.key
        self._asked: dict[str, dict[str, str]] = {}

    def site(self) -> FastAPI:
        site = FastAPI()

        @site.get("/.well-known/openid-configuration")
        def configuration() -> dict[str, Any]:
            return {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }

        @site.get("/keys")
        def keys() -> dict[str, Any]:
            return {"keys": [self.key.as_dict(private=False)]}

        @site.get("/authorize")
        def authorize(request: Request) -> Response:
            asked = dict(request.query_params)
            code = f"code{len(self._asked)}"
            self._asked[code] = asked
            answer = urlencode({"code": code, "state": asked["state"]})
            return RedirectResponse(f"{asked['redirect_uri']}?{answer}", 303)

        @site.post("/token")
        async def token(request: Request) -> Response:
            form = {k: v[0] for k, v in parse_qs((await request.body()).decode()).items()}
            asked = self._asked.pop(form.get("code", ""), None)
            verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            challenge = urlsafe_b64encode(verifier).rstrip(b"=").decode()
            if asked is None or asked.get("code_challenge") != challenge:
                return JSONResponse({"error": "invalid_grant"}, 400)
            claims = {
                "iss": self.address,
                "aud": asked["client_id"],
                "nonce": asked["nonce"],
                "iat": int(time.time()),
                "exp": int(time.time()) + 300,
            }
            signed = jwt.encode(
                {"alg": "RS256", "kid": "tests"}, claims | self.person | self.wrong,
                self.signing_key,
            )  # fmt: skip
            return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": signed})

        return site


@contextmanager
def identity_provider() -> Iterator[IdentityProvider]:
    """A provider that runs."""
    provider = IdentityProvider()
    with served(provider.site()) as address:
        provider.address = address
        yield provider
