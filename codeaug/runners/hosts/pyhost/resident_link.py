"""Between two processes of ours: one JSON object a line, both ways."""

from __future__ import annotations

import json
import socket
from typing import Any


class Link:
    """One end of a socket pair."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection, self.lines = connection, connection.makefile("rb")

    def receive(self) -> dict[str, Any] | None:
        """The next object; None when the other side has gone. Raises OSError after a time-out."""
        line = self.lines.readline()
        return json.loads(line) if line.endswith(b"\n") else None

    def send(self, **message: Any) -> None:
        """Raises OSError when the other side has gone."""
        self.connection.sendall(json.dumps(message).encode("ascii") + b"\n")
