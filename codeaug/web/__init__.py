"""The review pages: FastAPI on loopback, pages made on the server, nothing from elsewhere.

Every page works without a script; the script adds keys and keeps a card whose decision could not
be sent. Each form carries a request id, so that a decision posted twice counts once.
"""

from __future__ import annotations

from codeaug.web.app import app
from codeaug.web.oidc import Provider, provider_of
from codeaug.web.server import Place, serve
from codeaug.web.signin import OneTime

__all__ = ["OneTime", "Place", "Provider", "app", "provider_of", "serve"]
