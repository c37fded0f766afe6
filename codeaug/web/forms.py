"""What a browser posts."""

from __future__ import annotations

import json
from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import Depends, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

NOT_UTF_8 = "backslashreplace"
"""How a byte of a path or name that is not UTF-8 is shown: `\\udcff`."""

Form = dict[str, str]


async def read_form(request: Request) -> Form:
    """The fields of a posted form, each once."""
    fields = parse_qs((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    return {name: values[-1] for name, values in fields.items()}


Posted = Annotated[Form, Depends(read_form)]


def is_script(request: Request) -> bool:
    """Whether JSON is wanted, not a page."""
    accepted = request.headers.get("accept", "").startswith("application/json")
    return accepted or request.url.path.startswith("/api/")


class Json(JSONResponse):
    """JSON also of texts that are not UTF-8: by JSON's own escape."""

    def render(self, content: Any) -> bytes:
        text = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return text.encode("utf-8", NOT_UTF_8)


def go(request: Request, address: str) -> Response:
    """Where to go next: a redirect for a form, JSON for the script."""
    if is_script(request):
        return Json({"next": address})
    return RedirectResponse(address, 303)
