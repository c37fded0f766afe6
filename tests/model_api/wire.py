"""HTTP/1.1 to the byte, so that an answer can go wrong in every way that it does on a network."""

from __future__ import annotations

import asyncio
import socket
import struct
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from tests.model_api.completions import Answer
from tests.model_api.script import Broken

BLOCK = b" " * (64 * 1024)
NO_LINGER = struct.pack("ii", 1, 0)  # closing sends a reset


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    headers: Mapping[str, str]  # names in lower case
    body: bytes


async def receive(reader: StreamReader) -> Asked | None:
    """The next request; None once the client is gone or is not speaking HTTP."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
        line, *fields = head.decode("latin-1").split("\r\n")[:-2]
        method, target, _ = line.split(" ")
        pairs = (one.partition(":") for one in fields)
        headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
    except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ValueError):
        return None
    return Asked(method, target.partition("?")[0], headers, body)


def head(answer: Answer, length: Mapping[str, str]) -> bytes:
    headers = {"Content-Type": "application/json"} | dict(answer.headers) | dict(length)
    lines = [f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def whole(answer: Answer, added: int = 0) -> bytes:
    return head(answer, {"Content-Length": str(len(answer.body) + added)}) + answer.body


async def send(reader: StreamReader, writer: StreamWriter, answer: Answer) -> bool:
    """Whether the connection can be used again."""
    if answer.broken:
        return await SENDERS[answer.broken.name](reader, writer, answer, answer.broken)
    writer.write(whole(answer))
    await writer.drain()
    return True


async def hang(reader: StreamReader, writer: StreamWriter, answer: Answer, broken: Broken) -> bool:
    await reader.read()
    return False


async def cut(reader: StreamReader, writer: StreamWriter, answer: Answer, broken: Broken) -> bool:
    writer.write(whole(answer)[: broken.size])
    await writer.drain()
    connection: socket.socket = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
    return False


async def half(reader: StreamReader, writer: StreamWriter, answer: Answer, broken: Broken) -> bool:
    writer.write(whole(answer)[: -(len(answer.body) // 2)])
    return False


async def drip(reader: StreamReader, writer: StreamWriter, answer: Answer, broken: Broken) -> bool:
    data = whole(answer)
    for start in range(0, len(data), broken.size):
        writer.write(data[start : start + broken.size])
        await writer.drain()
        await asyncio.sleep(broken.every)
    return True


async def huge(reader: StreamReader, writer: StreamWriter, answer: Answer, broken: Broken) -> bool:
    writer.write(whole(answer, broken.size))
    for start in range(0, broken.size, len(BLOCK)):
        writer.write(BLOCK[: broken.size - start])
        await writer.drain()
    return True


def chunks(body: bytes) -> bytes:
    data, start = b"", 0
    while start < len(body):
        piece = body[start : start + 1 + start % 7]
        data += b'%04X;odd="a;b"\r\n%s\r\n' % (len(piece), piece)
        start += len(piece)
    return data


async def chunked(
    reader: StreamReader, writer: StreamWriter, answer: Answer, broken: Broken
) -> bool:
    start = head(answer, {"Transfer-Encoding": "chunked", "Trailer": "X-Odd"})
    writer.write(start + chunks(answer.body) + b"0\r\nX-Odd: yes\r\n\r\n")
    await writer.drain()
    return True


async def chunked_cut(
    reader: StreamReader, writer: StreamWriter, answer: Answer, broken: Broken
) -> bool:
    writer.write(head(answer, {"Transfer-Encoding": "chunked"}) + chunks(answer.body))
    return False


Sender = Callable[[StreamReader, StreamWriter, Answer, Broken], Awaitable[bool]]
SENDERS: Mapping[str, Sender] = {
    one.__name__: one for one in (hang, cut, half, drip, huge, chunked, chunked_cut)
}
