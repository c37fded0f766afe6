"""Transformers by torch and Hugging Face: a small one from scratch, or one that the user names.

Each arm is trained for as many passes as are best for the human functions that it is tuned on, so
that no arm stops too soon or too late for want of a number that suits it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer, GPT2Config

from codeaug.errors import UsageError
from codeaug.gain.approach import MOST, Encoded, Question
from codeaug.gain.symbols import BEGIN, END, Symbols, spread
from codeaug.model import Text

CONTEXT = 256
_BATCH = 16
_IGNORED = -100  # no loss is taken there


class Scratch:
    """A GPT-2 of two layers over the same symbols as the n-grams, from random weights."""

    name = "small transformer from scratch"

    def __init__(self, texts: Iterable[Text], passes: int = 12) -> None:
        self._symbols = Symbols.of(texts)
        self._passes = passes

    def encoded(self, text: Text) -> Encoded:
        return self._symbols.encoded(text)

    def told(self, numbers: Sequence[int]) -> str:
        return self._symbols.told(numbers)

    def trained(
        self, texts: Sequence[Sequence[int]], tuning: Sequence[Sequence[int]], seed: int
    ) -> Tuned:
        config = GPT2Config(
            vocab_size=len(self._symbols), n_positions=CONTEXT, n_embd=128, n_layer=2, n_head=4,
            bos_token_id=BEGIN, eos_token_id=END,
        )  # fmt: skip
        model = Tuned(lambda: AutoModelForCausalLM.from_config(config), seed, BEGIN, [END])
        model.learn(texts, tuning, self._passes, 1e-3)
        return model


class Named:
    """A causal model and its tokenizer, from a folder or by name as transformers finds them.

    Losses are per token of its own tokenizer, and over all of the text: comments and layout too.
    """

    def __init__(self, name: str, passes: int = 4) -> None:
        self.name = name
        self._passes = passes
        try:
            self._tokenizer = AutoTokenizer.from_pretrained(name)
            self._load()
        except (OSError, ValueError) as error:
            raise UsageError(
                f"transformers cannot load a causal model and its tokenizer from {name!r}: {error}"
            ) from error
        words = (self._tokenizer.decode([n]) for n in range(len(self._tokenizer)))
        self._stops = frozenset(n for n, word in enumerate(words) if "\n" in word)
        end = self._tokenizer.eos_token_id
        self._ends = [] if end is None else [int(end)]

    def encoded(self, text: Text) -> Encoded:
        numbers = (*self._numbers(text.code), *self._ends)
        return Encoded(numbers, len(numbers), tuple(self._questions(text.code)))

    def told(self, numbers: Sequence[int]) -> str:
        text: str = self._tokenizer.decode(list(numbers), skip_special_tokens=True)
        return text.split("\n")[0].strip()

    def trained(
        self, texts: Sequence[Sequence[int]], tuning: Sequence[Sequence[int]], seed: int
    ) -> Tuned:
        first = self._tokenizer.bos_token_id
        begin = first if first is not None else (self._ends or [0])[0]
        model = Tuned(self._load, seed, begin, self._ends)
        model.learn(texts, tuning, self._passes, 5e-5)
        return model

    def _load(self) -> Any:
        return AutoModelForCausalLM.from_pretrained(self.name, dtype=torch.float32)

    def _numbers(self, code: str) -> list[int]:
        return list(self._tokenizer(code, add_special_tokens=False)["input_ids"])

    def _questions(self, code: str) -> Iterator[Question]:
        lines = code.splitlines(keepends=True)
        for n in spread([n for n, line in enumerate(lines) if n and len(line.split()) > 1]):
            prefix = tuple(self._numbers("".join(lines[:n])))
            yield Question(prefix, lines[n].strip(), self._stops, self._stops)


class Tuned:
    """A causal model that is trained, and kept as it was best for what it is tuned on."""

    def __init__(self, load: Callable[[], Any], seed: int, begin: int, ends: Sequence[int]) -> None:
        torch.manual_seed(seed)
        self._model = load()
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model.to(self._device)
        self._context = min(
            CONTEXT, getattr(self._model.config, "max_position_embeddings", CONTEXT)
        )
        self._begin, self._ends = begin, ends
        self._lot = random.Random(seed)

    def learn(
        self,
        texts: Sequence[Sequence[int]],
        tuning: Sequence[Sequence[int]],
        passes: int,
        rate: float,
    ) -> None:
        """At most so many passes; two in a row that are no better for `tuning` end it."""
        optimizer = torch.optim.AdamW(self._model.parameters(), lr=rate, weight_decay=0.01)
        windows = [window for text in texts for window in self._windows(text)]
        best, kept, worse = self._cost(tuning), self._state(), 0
        for _ in range(passes):
            self._lot.shuffle(windows)
            self._model.train()
            for start in range(0, len(windows), _BATCH):
                optimizer.zero_grad()
                total, counted = self._loss(windows[start : start + _BATCH])
                (total / counted).backward()
                torch.nn.utils.clip_grad_norm_(self._model.parameters(), 1.0)
                optimizer.step()
            cost = self._cost(tuning)
            best, kept, worse = (cost, self._state(), 0) if cost < best else (best, kept, worse + 1)
            if worse == 2:
                break
        self._model.load_state_dict(kept)

    def nats(self, numbers: Sequence[int]) -> float:
        return self._cost([numbers])

    def complete(self, questions: Sequence[Question]) -> list[Sequence[int]]:
        said: dict[int, list[int]] = {}
        alike: dict[tuple[frozenset[int], frozenset[int]], list[int]] = {}
        for n, question in enumerate(questions):
            alike.setdefault((question.stops, question.silent), []).append(n)
        for own in alike.values():
            for start in range(0, len(own), _BATCH):
                some = own[start : start + _BATCH]
                said |= zip(some, self._completed([questions[n] for n in some]), strict=True)
        return [said[n] for n in range(len(questions))]

    def _completed(self, questions: Sequence[Question]) -> list[list[int]]:
        """Of questions with the same stops."""
        room = self._context - MOST
        befores = [[self._begin, *question.prefix][-room:] for question in questions]
        longest = max(map(len, befores))
        gaps = [longest - len(one) for one in befores]
        rows = [[self._begin] * gap + one for gap, one in zip(gaps, befores, strict=True)]
        seen = [[0] * gap + [1] * (longest - gap) for gap in gaps]
        stops = questions[0].stops
        self._model.eval()
        with torch.inference_mode():
            found = self._model.generate(
                torch.tensor(rows, device=self._device),
                attention_mask=torch.tensor(seen, device=self._device),
                max_new_tokens=MOST,
                do_sample=False,
                eos_token_id=sorted(stops) or None,
                pad_token_id=self._begin,
                suppress_tokens=list(self._ends) or None,
                begin_suppress_tokens=sorted(questions[0].silent) or None,
            )
        return [_until(stops, row[longest:].tolist()) for row in found]

    def _state(self) -> dict[str, Any]:
        return {name: value.clone() for name, value in self._model.state_dict().items()}

    def _cost(self, texts: Sequence[Sequence[int]]) -> float:
        windows = [window for text in texts for window in self._windows(text)]
        self._model.eval()
        with torch.inference_mode():
            return sum(
                float(self._loss(windows[start : start + _BATCH])[0])
                for start in range(0, len(windows), _BATCH)
            )

    def _windows(self, numbers: Sequence[int]) -> Iterator[list[int]]:
        """The text in parts that fit; each begins with the number before it, which is only seen."""
        whole = [self._begin, *numbers]
        for start in range(0, len(whole) - 1, self._context - 1):
            yield whole[start : start + self._context]

    def _loss(self, windows: Sequence[Sequence[int]]) -> tuple[Any, int]:
        """What all the windows cost in nats, and how many numbers that is."""
        longest = max(map(len, windows))
        rows = [[*one, *(self._begin for _ in range(longest - len(one)))] for one in windows]
        wanted = [[*one[1:], *(_IGNORED for _ in range(longest - len(one)))] for one in windows]
        given = torch.tensor(rows, device=self._device)
        seen = torch.tensor(
            [[1] * len(one) + [0] * (longest - len(one)) for one in windows], device=self._device
        )
        scores = self._model(input_ids=given, attention_mask=seen).logits[:, :-1]
        labels = torch.tensor(wanted, device=self._device)
        total = torch.nn.functional.cross_entropy(
            scores.flatten(0, 1), labels.flatten(), ignore_index=_IGNORED, reduction="sum"
        )
        return total, sum(len(one) - 1 for one in windows)


def _until(stops: frozenset[int], numbers: list[int]) -> list[int]:
    """Numbers up to the first stop: what follows fills a batch."""
    end = next((n for n, number in enumerate(numbers, start=1) if number in stops), None)
    return numbers[:end]
