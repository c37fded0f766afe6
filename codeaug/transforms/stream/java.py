"""Loops as streams and back, in Java."""

from __future__ import annotations

from codeaug.transforms import Directions
from codeaug.transforms.stream._java_examples import LOOP_TO_STREAM, STREAM_TO_LOOP
from codeaug.transforms.stream._to_loop import stream_to_loop
from codeaug.transforms.stream._to_stream import loop_to_stream

DIRECTIONS: Directions = {
    "loop-to-stream": (loop_to_stream, LOOP_TO_STREAM),
    "stream-to-loop": (stream_to_loop, STREAM_TO_LOOP),
}
