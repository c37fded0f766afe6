"""The records, in the order they are made.

All are frozen. Ids are hashes of content, so the same text is the same record and every stage can
be repeated safely. No record has a status: *waiting* is a question to the store.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from functools import lru_cache


def content_id(*parts: str | bytes) -> str:
    """A stable id of `parts`: the first 20 hexadecimal digits of SHA-256, lengths included."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()[:20]


# --- a repository and what is in it ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Repository:
    """Where everything came from: a git repository, or a plain folder, at one commit.

    `address` is what the user gave; `git_dir` is our own bare clone, the only git directory that
    codeaug ever reads. `commit` is the commit's id, or the tree's id for a plain folder.
    """

    address: str
    git_dir: str
    commit: str
    license: str = ""

    @property
    def name(self) -> str:
        return self.address.rstrip("/").removesuffix(".git").rsplit("/", 1)[-1] or "repository"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file of a language that codeaug knows. `path` is relative, `blob` git's object id."""

    path: str
    language: str
    blob: str
    size: int


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes `start` to `end` (exclusive) of a file."""

    start: int
    end: int


Facts = tuple[str, str, int, int, int, int, int, int, int, str]
"""All of a Unit but its file, and its spans as numbers: that is sent and kept at less cost."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One function, method or constructor with its place.

    `name` is qualified (`Class.method`, `Outer.Inner.method`, `ns::Class::method`), `parameters`
    the written types (`(int,String)`, `(int) const`; empty for Python). `span` covers the whole
    definition with its decorators, annotations and template header; `code` is that text.
    `body` is the span of the block or suite. `line` is the first line of `span`, from 1.
    """

    path: str
    language: str
    name: str
    parameters: str
    span: Span
    body: Span
    line: int
    body_line: int
    end_line: int
    blob: str
    code: str

    @property
    def id(self) -> str:
        """Unchanged while the function's own text, name and file stay as they are."""
        return unit_id(self.language, self.path, self.name, self.parameters, self.code)

    @property
    def facts(self) -> Facts:
        return (
            *(self.name, self.parameters, self.span.start, self.span.end),
            *(self.body.start, self.body.end, self.line, self.body_line, self.end_line, self.code),
        )

    @property
    def qualified_name(self) -> str:
        return self.name + self.parameters

    @property
    def is_utf8(self) -> bool:
        """Whether the text is what UTF-8 can say; else no other text can be written for it."""
        try:
            self.code.encode()
        except UnicodeEncodeError:
            return False
        return True

    @property
    def margin(self) -> str:
        """White space that stands before `code` in its file, as the other lines show it."""
        return _margin(self.language, self.code)


@lru_cache(maxsize=64)
def _margin(language: str, code: str) -> str:
    rest = [line for line in code.split("\n")[1:] if line.strip()]
    indents = [line[: len(line) - len(line.lstrip())] for line in rest]
    if not indents:
        return ""
    if language != "python":
        return indents[-1]
    least = min(indents, key=len)
    if code.startswith("@"):
        return least  # a `def` lies level with its decorator
    return least[:-1] if least.startswith("\t") else least[:-4]


@lru_cache(maxsize=256)  # asked for again with each row that is made of the unit
def unit_id(language: str, path: str, name: str, parameters: str, code: str) -> str:
    """What `Unit.id` is made of."""
    return content_id(language, path, name, parameters, code)


class SkipReason(StrEnum):
    """Why a file or function does not become a unit."""

    TEST = "test"
    GENERATED = "generated"
    VENDORED = "vendored"
    UNPARSEABLE = "unparseable"
    TOO_LARGE = "too large"
    TOO_DEEP = "nested too deeply"
    NOT_UTF8 = "not UTF-8"
    BINARY = "binary"
    MARKED = "codeaug: skip"
    IGNORED = ".codeaugignore"
    PARSER_DIED = "parser stopped"
    NO_BODY = "no body"


@dataclass(frozen=True, slots=True)
class Skip:
    """A file (`name` empty) or function that is no unit, and why."""

    path: str
    language: str
    reason: SkipReason
    name: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ScannedFile:
    """What became of one file: the facts of its units, and its skips. `no_train` are the first
    bytes of units that a mark keeps out of datasets."""

    file: SourceFile
    facts: tuple[Facts, ...]
    skips: tuple[Skip, ...]
    no_train: frozenset[int] = frozenset()

    @property
    def units(self) -> tuple[Unit, ...]:
        return tuple(_unit(self.file, facts) for facts in self.facts)


def _unit(file: SourceFile, facts: Facts) -> Unit:
    name, parameters, start, end, body, body_end, line, body_line, end_line, code = facts
    return Unit(
        path=file.path,
        language=file.language,
        name=name,
        parameters=parameters,
        span=Span(start, end),
        body=Span(body, body_end),
        line=line,
        body_line=body_line,
        end_line=end_line,
        blob=file.blob,
        code=code,
    )


# --- how a project builds, and what its tests can tell --------------------------------------------


@dataclass(frozen=True, slots=True)
class Project:
    """One build in a repository: which build (`maven`), where (`root`, relative, "" at the top).

    `options` are facts that detection found and that the build's functions need later.
    """

    build: str
    root: str
    languages: tuple[str, ...]
    options: tuple[tuple[str, str], ...] = ()

    def option(self, name: str, default: str = "") -> str:
        return dict(self.options).get(name, default)

    @property
    def id(self) -> str:
        return content_id(self.build, self.root, *(f"{k}={v}" for k, v in self.options))


@dataclass(frozen=True, slots=True)
class Command:
    """A program to run. Inside the sandbox paths are `/repo/...`; `cwd` likewise.

    Standard input is the nonce line, then `stdin` (what is too long for arguments), then its end.
    """

    args: tuple[str, ...]
    cwd: str = "/repo"
    env: tuple[tuple[str, str], ...] = ()
    seconds: float = 600.0
    network: bool = False
    stdin: str = ""

    def __str__(self) -> str:
        import shlex

        return shlex.join(self.args)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a program did. `report` is what it wrote to the report channel, not to its output."""

    exit_code: int
    out: str
    err: str
    seconds: float
    timed_out: bool = False
    limit: str = ""
    report: bytes = b""

    @property
    def ok(self) -> bool:
        return self.exit_code == 0 and not self.timed_out and not self.limit


class TestOutcome(StrEnum):
    __test__ = False

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class TestReport:
    """Every test that was reported, by id. A test that is absent did not pass.

    `complete` says that the runner reached its own end and said so in the report.
    `detail` holds a failing test's message, by id. `seconds` is each test's time, by id.
    """

    __test__ = False

    outcomes: Mapping[str, TestOutcome]
    complete: bool
    seconds: Mapping[str, float] = field(default_factory=dict)
    detail: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""

    @property
    def passed(self) -> tuple[str, ...]:
        return tuple(t for t, o in self.outcomes.items() if o is TestOutcome.PASSED)

    @property
    def failed(self) -> tuple[str, ...]:
        bad = (TestOutcome.FAILED, TestOutcome.ERROR)
        return tuple(t for t, o in self.outcomes.items() if o in bad)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which lines (from 1) of which file each test executed: test id -> path -> lines."""

    tests: Mapping[str, Mapping[str, frozenset[int]]]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """What a compiler said about one file. A message is `kind: text`, without line numbers, so that
    two compilations of differently laid out code can be compared as multisets."""

    ok: bool
    messages: tuple[str, ...]
    log: str = ""


@dataclass(frozen=True, slots=True)
class Rerun:
    """The named tests once more, and which lines of the changed file they executed.

    `executable` are the lines that the coverage tool counts as code at all.
    """

    report: TestReport
    executed: frozenset[int] = frozenset()
    executable: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether two texts of a unit were proved to mean the same, how, and if not why not."""

    proved: bool
    method: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Original and variant on the same inputs.

    `inputs` is how many they were compared on. `problem` says why they cannot be compared, e.g.
    that the original differs from itself. `difference` is one sentence on the smallest input on
    which they differ, "" when they agree on all; `witness` is then a ready test. `executed` and
    `executable` are lines of the variant's file, both empty where nobody looked.
    """

    inputs: int
    difference: str = ""
    witness: str = ""
    problem: str = ""
    executed: frozenset[int] = frozenset()
    executable: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Exploration:
    """Symbolic execution of original and variant, side by side.

    `difference` and `witness` as in Comparison: they are seen when both texts are really run.
    `paths` and `exhausted` (whether there are no others) are the tool's own word, and so is that
    texts seem to differ on `suspects` inputs, on which they were run. `problem` says why it could
    not look.
    """

    difference: str = ""
    witness: str = ""
    problem: str = ""
    paths: int = 0
    exhausted: bool = False
    suspects: int = 0


@dataclass(frozen=True, slots=True)
class Baseline:
    """What the unchanged project did: its stable tests with their seconds, and the others with why.

    `problem` says in one sentence why nothing can be judged here; "" when the tests can.
    """

    stable: Mapping[str, float]
    quarantined: Mapping[str, str]
    seconds: float
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Oracle:
    """What the repository's tests can tell about a unit: the stable tests that execute its body."""

    unit_id: str
    commit: str
    tests: tuple[str, ...]
    lines: tuple[int, ...]
    reason: str = ""


class FaultOutcome(StrEnum):
    """What became of an injected fault."""

    CAUGHT = "caught"  # a test ended otherwise than on the original, or did not end
    SURVIVED = "survived"  # every test that executes the unit ended as on the original
    EQUIVALENT = "equivalent"  # proved to behave as the original: set aside
    UNCOMPILABLE = "uncompilable"  # set aside
    UNDECIDED = "undecided"  # the machine could not find out: set aside


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault injected into a unit, and what its tests made of it.

    `line` counts from 1 in the file; `hint` says what a test would have to check to catch it.
    """

    operator: str
    line: int
    description: str
    hint: str
    outcome: FaultOutcome
    test: str = ""


@dataclass(frozen=True, slots=True)
class Strength:
    """Whether the tests of a unit can fail: the faults that were injected into it.

    `problem` says why nothing was injected, e.g. that the unchanged unit did not pass again.
    """

    unit_id: str
    commit: str
    faults: tuple[Fault, ...]
    problem: str = ""

    @property
    def caught(self) -> int:
        return sum(fault.outcome is FaultOutcome.CAUGHT for fault in self.faults)

    @property
    def survivors(self) -> tuple[Fault, ...]:
        return tuple(f for f in self.faults if f.outcome is FaultOutcome.SURVIVED)

    @property
    def judged(self) -> int:
        """Faults that the tests could have caught."""
        return self.caught + len(self.survivors)

    @property
    def kill_rate(self) -> float:
        """Caught faults of those that could have been; 0 when there were none."""
        return self.caught / self.judged if self.judged else 0.0


# --- variants and what is known about them --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace bytes `start` to `end` of a file by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Origin:
    """How a variant was made: enough to make it again. `recipe` names transforms, in order;
    `parent` is the variant that a person edited."""

    engine: str
    recipe: tuple[str, ...] = ()
    seed: int = 0
    model: str = ""
    prompt: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """What is about to leave the machine: the ledger's line, written before the bytes go.

    `digest` is the SHA-256 of the `size` bytes, `policy` the id of the rules that let them pass,
    `most` what they can cost at worst, in billionths of a dollar.
    """

    key: str
    unit_id: str
    purpose: str
    endpoint: str
    model: str
    policy: str
    digest: str
    size: int
    most: int
    made_at: datetime
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model sent back, as it came over the wire: stored before anybody reads it.

    `cost` is in billionths of a dollar; `counted` says that the tokens are the endpoint's own
    count, not our estimate.
    """

    key: str
    unit_id: str
    purpose: str
    model: str
    body: bytes
    prompt_tokens: int
    reply_tokens: int
    cost: int
    counted: bool
    seconds: float
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Batch:
    """A job at a batch endpoint with the keys of what was asked in it; `most` as in Sent."""

    id: str
    endpoint: str
    model: str
    keys: tuple[str, ...]
    most: int
    made_at: datetime
    state: str = "submitted"


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second model thinks of a variant's style, from 1 to 5; never of its meaning."""

    variant_id: str
    model: str
    score: int
    reason: str


@dataclass(frozen=True, slots=True)
class Variant:
    """Another text for a unit. Two engines with one idea make one variant."""

    unit_id: str
    code: str
    origin: Origin

    @property
    def id(self) -> str:
        return _variant_id(self.unit_id, self.code)


@lru_cache(maxsize=256)
def _variant_id(unit_id: str, code: str) -> str:
    return content_id(unit_id, code)


class Verdict(StrEnum):
    """`UNKNOWN`: it could not be found out (no oracle, no compiler). Never mixed with progress."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Rung(IntEnum):
    """How strong evidence is; see docs/evidence.md. The order is the strength."""

    NONE = 0
    PARSED = 1
    COMPILED = 2
    TESTED = 3
    GUARDED = 4
    COMPARED = 5
    PROVED = 6

    @property
    def label(self) -> str:
        return self.name.lower()

    @property
    def admits(self) -> frozenset[Rung]:
        """As a bar: evidence that holds one of these rungs is accepted. A proof always is."""
        return frozenset({self, Rung.PROVED})


def up_to(rung: Rung) -> frozenset[Rung]:
    """All rungs from the weakest to `rung`."""
    return frozenset(r for r in Rung if Rung.NONE < r <= rung)


@dataclass(frozen=True, slots=True)
class Finding:
    """One check's word about a variant, with the command that found it out and its log."""

    check: str
    verdict: Verdict
    detail: str = ""
    seconds: float = 0.0
    command: str = ""
    exit_code: int | None = None
    log: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """All findings of a variant at one commit, and the rungs that it holds by them.

    `parameters` are the figures behind the rungs (tests run, faults caught, inputs compared),
    `environment` the tools' versions and the sandbox level.
    """

    variant_id: str
    commit: str
    findings: tuple[Finding, ...]
    holds: frozenset[Rung]
    parameters: tuple[tuple[str, str], ...] = ()
    environment: tuple[tuple[str, str], ...] = ()

    @property
    def rung(self) -> Rung:
        """The strongest rung held."""
        return max(self.holds, default=Rung.NONE)

    @property
    def verdict(self) -> Verdict:
        """Failed when a check failed; passed when none did and tests, a comparison or a proof could
        judge; else unknown."""
        return verdict_of((f.verdict for f in self.findings), self.holds)

    def accepted(self, bar: Rung) -> bool:
        """Whether the evidence reaches the bar."""
        return self.verdict is Verdict.PASSED and bool(self.holds & bar.admits)


def verdict_of(found: Iterable[str], holds: Set[Rung]) -> Verdict:
    """What the verdicts of the checks and the rungs that they hold come to."""
    if Verdict.FAILED in found:
        return Verdict.FAILED
    judged = holds & {Rung.TESTED, Rung.COMPARED, Rung.PROVED}
    return Verdict.PASSED if judged else Verdict.UNKNOWN


class Word(StrEnum):
    """What a person says of a variant. A skipped one is left to others, a flagged one to nobody
    until somebody has looked into it; of an edited one they made another."""

    APPROVED = "approved"
    REJECTED = "rejected"
    FLAGGED = "flagged"
    SKIPPED = "skipped"
    EDITED = "edited"


class RejectReason(StrEnum):
    """The closed list of reasons against a variant, in the order of their number keys."""

    BEHAVIOUR = "changes behaviour"
    UNNATURAL = "unnatural"
    STYLE = "worse style"
    TRIVIAL = "trivial"
    FORMATTING = "broken formatting"
    OTHER = "other"


LONGEST_COMMENT = 2000
"""Characters that a person may add to their word."""

LONGEST_REQUEST_ID = 300
"""Characters of what tells two posts apart: databases refuse to index much longer ones."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's word about a variant. Append-only: the newest of each reviewer counts.

    `naturalness` is from 1 to 5, 0 where nothing was said of it. A `final` word is that of somebody
    who settles what others disagree about. `guideline` is the version by which they decided, 0 for
    none that is known here; the store fills in the newest for None.
    """

    variant_id: str
    reviewer: str
    word: Word
    made_at: datetime
    reason: str = ""
    comment: str = ""
    naturalness: int = 0
    final: bool = False
    guideline: int | None = field(default=None, compare=False)

    @property
    def approved(self) -> bool:
        return self.word is Word.APPROVED


@dataclass(frozen=True, slots=True)
class Caption:
    """What a model says that a unit does; nothing is trained on it before a person approves.

    `prompt` is the id of the template that it was asked with.
    """

    unit_id: str
    text: str
    model: str
    prompt: str
    made_at: datetime = field(compare=False)

    @property
    def id(self) -> str:
        return content_id("caption", self.unit_id, self.text, self.model, self.prompt)


@dataclass(frozen=True, slots=True)
class CaptionWord:
    """A person's word about a caption: approved, rejected, or edited. Append-only: the newest of
    each reviewer counts. `text` is what they approved, refused, or made of it."""

    caption_id: str
    reviewer: str
    word: Word
    text: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Description:
    """What is known to say what a unit does. Of an approved caption, `caption` is its id, `model`
    who wrote it and `reviewer` who approved it; of the unit's own documentation all are empty."""

    text: str = ""
    caption: str = ""
    model: str = ""
    reviewer: str = ""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A variant that is none: a check saw it behave otherwise, or people refused it. `why` is one
    sentence, `witness` a ready test where there is one."""

    variant: Variant
    why: str
    witness: str = ""


@dataclass(frozen=True, slots=True)
class Family:
    """A unit and what was made of it: what the rows of a dataset are made of.

    `description` is what its documentation says, or an approved caption; "" when nothing does.
    """

    unit: Unit
    variants: tuple[Variant, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    description: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One function's text. `unit` is the id of the unit whose it is, or of which it was made."""

    unit: str
    language: str
    code: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a gain is measured on: human texts to train on, accepted variants of these, and human
    texts that nothing was trained on. `leaked` variants are not among them: they have names that
    only held-out texts have."""

    train: tuple[Text, ...]
    variants: tuple[Text, ...]
    held_out: tuple[Text, ...]
    leaked: int = 0
