"""From a request to its answer: routes, the key, `Idempotency-Key`, and an entry for each."""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
import traceback
from asyncio import Future, StreamReader, StreamWriter
from dataclasses import replace
from typing import Any

from tests.model_api.batches import Batches
from tests.model_api.completions import Answer, Completions
from tests.model_api.files import Files
from tests.model_api.ledger import Charge, Entry, Ledger, text
from tests.model_api.script import error
from tests.model_api.tuning import Tunes, Tuning
from tests.model_api.wire import Asked, receive, send


class Service:
    def __init__(
        self,
        completions: Completions,
        ledger: Ledger,
        key: str,
        polls: int,
        tunes: Tunes,
    ) -> None:
        self.failures: list[Exception] = []  # of the script
        self._completions = completions
        self._ledger = ledger
        self._key = key
        self._files = Files()
        self._batches = Batches(completions, self._files, ledger, polls)
        self.tuning = Tuning(self._files, tunes)
        self._kept: dict[tuple[str, str], tuple[str, Future[Answer]]] = {}
        self._asked = 0

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """One connection, to its end."""
        try:
            while asked := await receive(reader):
                answer = await self.answer(asked)
                self._log(asked, answer)
                if not await send(reader, writer, answer):
                    break
        except (ConnectionError, asyncio.CancelledError):
            pass  # the client is gone, or the server ends
        finally:
            writer.close()

    async def answer(self, asked: Asked) -> Answer:
        self._asked += 1
        number = {"X-Request-Id": f"req_{self._asked}"}
        if self._key and asked.headers.get("authorization") != f"Bearer {self._key}":
            message = "Incorrect API key provided."
            answer = Answer.of(error(401, message, code="invalid_api_key"))
        else:
            answer = await self._once(asked)
        return replace(answer, headers=number | dict(answer.headers))

    async def _once(self, asked: Asked) -> Answer:
        """A repeat of a key gets what the first got, whole and for nothing; errors are not kept."""
        key = (asked.path, asked.headers.get("idempotency-key", ""))
        if asked.method != "POST" or not key[1]:
            return await self._try(asked)
        body = hashlib.sha256(asked.body).hexdigest()
        if key not in self._kept:
            self._kept[key] = (body, asyncio.get_running_loop().create_future())
            answer = await self._try(asked)
            self._kept[key][1].set_result(answer)
            if answer.fault and answer.charge is None:
                del self._kept[key]
            return answer
        first, kept = self._kept[key]
        if first != body:
            message = "This Idempotency-Key was used for another body."
            return Answer.of(error(400, message, code="idempotency_error"))
        return replace(await asyncio.shield(kept), broken=None, charge=None, fault="")

    async def _try(self, asked: Asked) -> Answer:
        try:
            return await self._routed(asked)
        except Exception as failure:  # a script's own: told to the client, and when the server ends
            traceback.print_exc()
            self.failures.append(failure)
            return Answer.of(error(500, repr(failure), "script_error", code="script_error"))

    async def _routed(self, asked: Asked) -> Answer:
        match asked.method, asked.path.removeprefix("/v1").split("/")[1:]:
            case "POST", ["chat", "completions"]:
                return await self._complete(asked)
            case "GET", ["models"]:
                return self._models()
            case "POST", ["files"] if self.tuning.tunes.refused_file:
                return Answer.of(error(400, self.tuning.tunes.refused_file, param="file"))
            case "POST", ["files"]:
                return self._files.uploaded(asked.headers.get("content-type", ""), asked.body)
            case "GET", ["files", number]:
                return self._file(number, content=False)
            case "GET", ["files", number, "content"]:
                return self._file(number, content=True)
            case "POST", ["fine_tuning", "jobs"]:
                return self.tuning.create(value(asked.body))
            case "GET", ["fine_tuning", "jobs"]:
                return self.tuning.all()
            case "GET", ["fine_tuning", "jobs", number]:
                return self.tuning.get(number)
            case "POST", ["batches"]:
                return self._batches.create(value(asked.body))
            case "GET", ["batches"]:
                return self._batches.all()
            case "GET", ["batches", number]:
                return self._batches.get(number)
            case "POST", ["batches", number, "cancel"]:
                return self._batches.cancel(number)
        message = f"Invalid URL ({asked.method} {asked.path})"
        return Answer.of(error(404, message))

    async def _complete(self, asked: Asked) -> Answer:
        request, reply = self._completions.reply(value(asked.body), asked.headers)
        await asyncio.sleep(reply.after)
        return self._completions.answer(request, reply)

    def _models(self) -> Answer:
        data = [
            {"id": name, "object": "model", "created": 0, "owned_by": "tests"}
            for name in self._completions.models
        ]
        return Answer.json({"object": "list", "data": data})

    def _file(self, number: str, content: bool) -> Answer:
        if (file := self._files.get(number)) is None:
            return Answer.of(error(404, f"No such File object: {number}", param="id"))
        if content:
            return Answer(200, file.data, {"Content-Type": "application/octet-stream"})
        return Answer.json(file.described())

    def _log(self, asked: Asked, answer: Answer) -> None:
        entry = Entry(
            time=time.time(),
            method=asked.method,
            path=asked.path,
            headers=asked.headers,
            body=text(asked.body),
            status=answer.status,
            answer=text(answer.body),
            fault=answer.fault,
            charged=answer.charge is not None,
            charge=answer.charge or Charge(),
        )
        self._ledger.add(entry)


def value(body: bytes) -> Any:
    """The body as JSON; None, which no route takes, where it is none."""
    try:
        return json.loads(body)
    except ValueError:
        return None
