"""Objects of our own bare clone. The only module that calls the git program.

A repository that somebody else made is only ever asked for its objects, over git's own transport:
its configuration, hooks, filters and attributes never take effect here.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import stat
import tempfile
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path
from typing import IO

from codeaug.command import conversation, run_bytes
from codeaug.errors import OutOfSpace, RepositoryError
from codeaug.model import Outcome, Repository

HINT = "install git (Debian, Ubuntu: apt install git)"
WHOLE = "fetch the whole history (GitHub: fetch-depth: 0 of actions/checkout; GitLab: GIT_DEPTH: 0)"
SECONDS = 3600.0
_SECONDS_HERE = 60.0
_OUTPUT = 1 << 31
_QUESTIONS = 50  # ids of 64 digits in the smallest pipe there is, a page

_SAFE = (
    "protocol.ext.allow=never",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.attributesFile=/dev/null",
    "core.excludesFile=/dev/null",
    "core.alternateRefsCommand=true",  # the program: it names no refs
    "fetch.bundleURI=",
    "transfer.bundleURI=false",
    "safe.bareRepository=explicit",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "gc.auto=0",
    "maintenance.auto=false",
)
# Where git itself says that the repository lies in which a hook runs, and the user's own word for
# what git may trust.
_PLACE = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"}
    | {"GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_QUARANTINE_PATH", "GIT_CEILING_DIRECTORIES"}
    | {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_COUNT"}
)
_OWN_WORD = re.compile(r"GIT_CONFIG_(?:KEY|VALUE)_\d+")
# How the user reaches the server; everything else of GIT_* is scrubbed.
_TRANSPORT = frozenset(
    {"GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_SSL_CAINFO", "GIT_SSL_CAPATH"}
)
_QUIET = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PROTOCOL_FROM_USER": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
_REMOTE = re.compile(r"(?:https|ssh)://[^-\s]|(?:[\w.-]+@)?[\w][\w.-]*:(?!:|//)[^-\s]")
CACHES = (
    "/.codeaug", ".venv", "venv", ".tox", ".nox", "node_modules", "__pycache__", ".mypy_cache",
    ".pytest_cache", ".ruff_cache", ".gradle",
)  # fmt: skip
_LINK, _GITLINK, _EXECUTABLE = "120000", "160000", "100755"
_DEPTHS = ("64", "1024", "2147483647")  # the last is what git calls infinite
_REVISION = re.compile(r"(?P<name>[^-~^:{}\s][^~^:{}\s]*)(?P<way>[~^\d]*)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file, symbolic link or submodule of a tree."""

    mode: str
    blob: str
    size: int
    path: str

    @property
    def is_file(self) -> bool:
        return self.mode not in (_LINK, _GITLINK)


def is_remote(address: str) -> bool:
    """Whether an address is one of a server: https, ssh or `user@host:path`."""
    return bool(_REMOTE.match(address))


def is_git(path: Path) -> bool:
    """Whether a folder is a work tree's root or a bare repository."""
    return (path / ".git").exists() or all(
        (path / name).exists() for name in ("HEAD", "objects", "refs")
    )


# --- a user's own repository, asked without running anything of it --------------------------------


def distrusted(folder: Path) -> str:
    """Why the user's git does not touch a repository (it belongs to somebody else), or ""."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    args = ["git", "-C", str(folder), "rev-parse", "--git-dir"]
    outcome, _ = run_bytes(args, env={**kept, "LC_ALL": "C"}, seconds=SECONDS, hint=HINT)
    said = outcome.err.strip().splitlines()
    return said[0].removeprefix("fatal: ") if "dubious ownership" in outcome.err else ""


def is_shallow(folder: Path) -> bool:
    """Whether history ends before its beginning."""
    return _asked(folder, "--is-shallow-repository") == "true"


def hooks(folder: Path) -> Path:
    """Where pre-commit puts its hooks."""
    return folder / (_asked(folder, "--git-common-dir") or ".git") / "hooks"


def _asked(folder: Path, question: str) -> str:
    allowed = f"safe.directory={folder.resolve()}"
    args = ["-c", allowed, "-C", str(folder.resolve()), "rev-parse", question]
    outcome, answer = _git(args)
    return answer.decode("utf-8", "surrogateescape").strip() if outcome.ok else ""


def tracks(folder: Path) -> bool:
    """Whether HEAD or the index of the repository around a folder holds anything of that folder.

    Raises RepositoryError when git cannot tell.
    """
    place = folder.parent.resolve()
    if not any((above / ".git").exists() for above in (place, *place.parents)):
        return False
    here = ["-c", "safe.directory=*", "-C", str(place)]
    listed = [*here, "ls-files", "--stage", "-z", "--", f":(literal){folder.name}"]
    outcome, staged = _git(listed)
    if "not a git repository" in outcome.err:
        return False
    _require(outcome, f"git cannot tell whose {folder} is")
    return bool(staged) or bool(_said(None, *here, "rev-parse", "--quiet", "--verify",
                                      f"HEAD:./{folder.name}"))  # fmt: skip


# --- our own clone --------------------------------------------------------------------------------

# All that our clones are configured to be: git reads programs and other places from there.
_CONFIG = {
    "sha1": "[core]\n\trepositoryformatversion = 0\n\tbare = true\n",
    "sha256": "[core]\n\trepositoryformatversion = 1\n\tbare = true\n"
    "[extensions]\n\tobjectformat = sha256\n",
}
# By these a git directory leads elsewhere, or runs something.
_LEADING = (
    *("commondir", "config.worktree", "hooks", "info/attributes", "info/grafts", "refs/replace"),
    *("objects/info/alternates", "objects/info/http-alternates"),
)


def clone(address: str, git_dir: Path) -> str:
    """Make or refresh our bare clone of `address` (a path or a server's); the commit of its HEAD.

    Raises RepositoryError with git's own last line, or when there is no commit.
    """
    head = _head(address)
    if not _is_own(git_dir, _format(head)) or not _has(git_dir, head):
        _fetch(address, head, git_dir)
    return head


def _head(address: str) -> str:
    result = _git(["ls-remote", *_upload_pack(address), "--", address, "HEAD"], remote=address)
    _require(result[0], f"{address} cannot be read")
    if not result[1].strip():
        raise RepositoryError(f"{address} is an empty repository: commit something first.")
    return result[1].split()[0].decode("ascii")


def _format(commit: str) -> str:
    return "sha256" if len(commit) == 64 else "sha1"


def _is_own(git_dir: Path, object_format: str) -> bool:
    """Whether a clone is there that leads nowhere else; whatever it said, it is configured as ours.

    It may lie in a folder that somebody else gave away.
    """
    if git_dir.is_symlink() or not (git_dir / "HEAD").is_file() or _holds_link(git_dir):
        return False
    if any((git_dir / name).exists() for name in _LEADING):
        return False
    try:
        _configure(git_dir, object_format)
    except OSError:  # such as a folder in its place
        return False
    return True


def _holds_link(folder: Path) -> bool:
    """At any depth, however deep."""
    left = [str(folder)]
    while left:
        with os.scandir(left.pop()) as found:
            for entry in found:
                if entry.is_symlink():
                    return True
                if entry.is_dir():
                    left.append(entry.path)
    return False


def _configure(git_dir: Path, object_format: str) -> None:
    """Another run may read the file meanwhile."""
    with tempfile.TemporaryDirectory(dir=git_dir, prefix="config-") as folder:
        fresh = Path(folder) / "config"
        fresh.write_text(_CONFIG[object_format], encoding="ascii")
        fresh.replace(git_dir / "config")


def _has(git_dir: Path, commit: str) -> bool:
    return _git(["cat-file", "-e", f"{commit}^{{tree}}"], git_dir)[0].ok


def _fetch(address: str, head: str, git_dir: Path) -> None:
    """Into the clone, or into a new one that gets its name only when it is whole."""
    if _is_own(git_dir, _format(head)) and _fetched(address, head, git_dir).ok:
        return
    git_dir.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=git_dir.parent, prefix="clone-") as folder:
        fresh = Path(folder) / "git"
        _init(fresh, _format(head))
        _require(_fetched(address, head, fresh), f"{address} cannot be cloned")
        _put(fresh, git_dir)


def _fetched(address: str, head: str, git_dir: Path) -> Outcome:
    refspec = f"+HEAD:refs/codeaug/{head}"
    options = ["--depth=1", "--no-tags", "--no-write-fetch-head", "--quiet"]
    args = ["fetch", *options, *_upload_pack(address), "--", address, refspec]
    return _git(args, git_dir, remote=address)[0]


def _upload_pack(address: str) -> list[str]:
    """Another user's repository is no danger when only asked for objects: exactly it is allowed.

    What is not packed there yet is handed over as it is: looking for deltas and compressing would
    cost more than parsing, every reading would have to undo it, and a tree's size is little here.
    """
    if is_remote(address):
        return []
    allowed = [f"safe.directory={path}" for path in (Path(address), Path(address) / ".git")]
    wanted = "uploadpack.allowAnySHA1InWant=true"
    settings = (*_SAFE, *allowed, wanted, "pack.window=0", "pack.compression=0")
    config = [word for setting in settings for word in ("-c", setting)]
    return [f"--upload-pack={shlex.join(['git', *config, 'upload-pack'])}"]


def merge_base(address: str, git_dir: Path, head: str, base: str) -> str:
    """The commit at which `head` left `base`, with its files, in our clone.

    `base` is a branch, a tag or a commit of the repository at `address`, or what git calls its
    ancestors (`HEAD~2`). As much history is fetched as it takes to be certain. Raises
    RepositoryError: there is no such commit, or none is common, or the checkout is shallow.
    """
    tip, way = _tip(address, base)
    for depth in _DEPTHS:
        options = [f"--depth={depth}", "--no-tags", "--no-write-fetch-head", "--quiet"]
        # A ref that is there already is not deepened.
        wanted = [f"+{commit}:refs/codeaug/deep-{depth}/{commit}" for commit in {head, tip}]
        fetch = ["fetch", *options, *_upload_pack(address), "--", address, *wanted]
        what = f"{base} cannot be fetched ({WHOLE})"
        _require(_git(fetch, git_dir, remote=address)[0], what)
        other = _said(git_dir, "rev-parse", "--verify", "--quiet", f"{tip}{way}^{{commit}}")
        found = _said(git_dir, "merge-base", head, other) if other else ""
        if found and not _is_cut(git_dir, head, other, found):
            return found
    if (git_dir / "shallow").exists():
        raise RepositoryError(
            f"this checkout is shallow, so nobody can tell where {base} was left: {WHOLE}."
        )
    what = "shares no commit with HEAD" if other else "is no commit"
    raise RepositoryError(f"{base} {what}: name another with --base.")


def renamed(git_dir: Path, old: str, new: str) -> dict[str, str]:
    """The paths of files that a change moves, edited or not, with where each was before."""
    args = ["diff-tree", "-r", "-z", "-M", "--diff-filter=R", "--name-status", "--no-ext-diff"]
    outcome, listed = _git([*args, old, new, "--"], git_dir)
    _require(outcome, f"{new} cannot be compared with {old}")
    words = listed.decode("utf-8", "surrogateescape").split("\0")
    return dict(zip(words[2::3], words[1::3], strict=True))


def _tip(address: str, base: str) -> tuple[str, str]:
    """The commit that a name stands for, and the way from there that follows the name."""
    match = _REVISION.fullmatch(base)
    if match is None:
        raise RepositoryError(f"{base} names no commit: use a branch, a tag, an id or HEAD~1.")
    name, way = match["name"], match["way"]
    listed = ["ls-remote", *_upload_pack(address), "--", address]
    outcome, said = _git(listed, remote=address)
    _require(outcome, f"{address} cannot be read")
    refs = {ref: commit for commit, _, ref in (row.partition("\t") for row in _lines(said))}
    for prefix in (
        "",
        "refs/",
        "refs/remotes/",
        "refs/heads/",
        "refs/tags/",
        "refs/remotes/origin/",
    ):
        if found := refs.get(prefix + name):
            return found, way
    if re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", name):
        return name, way
    raise RepositoryError(
        f"{address} has no branch, tag or whole commit id {name}: name another with --base, or "
        f"{WHOLE}."
    )


def _is_cut(git_dir: Path, head: str, other: str, found: str) -> bool:
    """Whether history ends early between a common ancestor and either side: there may be a nearer
    one on a way that is not here."""
    shallow = git_dir / "shallow"
    ends = set(shallow.read_text().split()) if shallow.exists() else set()
    seen = ["rev-list", head, other, f"^{found}"]
    return bool(ends) and not ends.isdisjoint(_lines(_git(seen, git_dir)[1]))


def day_of(git_dir: Path, commit: str) -> str:
    """The day (UTC, ISO 8601) on which a commit was made; "" for what is no commit here."""
    seconds = _said(git_dir, "show", "--no-patch", "--format=%ct", f"{commit}^{{commit}}")
    day = datetime.fromtimestamp(int(seconds), UTC) if seconds.isdigit() else None
    return day.date().isoformat() if day else ""


def _said(git_dir: Path | None, *args: str) -> str:
    """The first line that git answers; "" when it cannot."""
    outcome, out = _git(args, git_dir)
    return next(iter(_lines(out)), "") if outcome.ok else ""


def _lines(out: bytes) -> list[str]:
    return [row for row in out.decode("utf-8", "surrogateescape").split("\n") if row]


def _init(git_dir: Path, object_format: str) -> None:
    args = ["init", "--bare", "--quiet", "--template=", f"--object-format={object_format}"]
    _require(_git([*args, str(git_dir)])[0], "a clone cannot be made")
    _configure(git_dir, object_format)
    (git_dir / "info").mkdir(exist_ok=True)


def _put(fresh: Path, git_dir: Path) -> None:
    """Two runs may race: whoever comes second replaces what is not of use."""
    if os.path.lexists(git_dir):
        fresh_name = git_dir.with_name(f"{fresh.parent.name}-old")
        git_dir.rename(fresh_name)
        if fresh_name.is_symlink():
            fresh_name.unlink()
        else:
            shutil.rmtree(fresh_name, ignore_errors=True)
    fresh.rename(git_dir)


def store_folder(folder: Path, git_dir: Path) -> str:
    """The files of a plain folder as objects of our own; the id of the tree.

    A folder is taken whole: its `.gitignore` speaks of a repository that is not there, and released
    archives hold files that it names. Only `CACHES` and nested repositories are left out. Raises
    RepositoryError when there is no file or one cannot be read.
    """
    if not _is_own(git_dir, "sha1"):
        git_dir.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=git_dir.parent, prefix="clone-") as name:
            _init(Path(name) / "git", "sha1")
            _put(Path(name) / "git", git_dir)
    caches = [f"--exclude={name}/" for name in CACHES]
    listed = ["ls-files", "--others", "-z", *caches]
    outcome, found = _git(listed, git_dir, work_tree=folder)
    _require(outcome, f"{folder} cannot be read")
    paths = [path for path in found.split(b"\0") if path and not path.endswith(b"/")]
    if not paths:
        raise RepositoryError(f"{folder} holds no files.")
    return _write_tree(git_dir, folder, paths)


def _write_tree(git_dir: Path, folder: Path, paths: Sequence[bytes]) -> str:
    root = os.fsencode(folder)
    modes = {path: os.lstat(os.path.join(root, path)).st_mode for path in paths}
    files = [path for path in paths if stat.S_ISREG(modes[path])]
    for path in files:
        if not os.access(os.path.join(root, path), os.R_OK):
            name = os.fsdecode(os.path.join(root, path))
            raise RepositoryError(f"{name} cannot be read: check its permissions.")
    names = b"".join(_quoted(os.path.join(root, path)) + b"\n" for path in files)
    outcome, ids = _git(["hash-object", "-w", "--no-filters", "--stdin-paths"], git_dir, names)
    _require(outcome, f"{folder} cannot be read")
    lines = [
        b"%s %s\t%s" % (b"100755" if modes[path] & 0o100 else b"100644", blob, path)
        for path, blob in zip(files, ids.split(), strict=True)
    ]
    for path in paths:
        if stat.S_ISLNK(modes[path]):
            target = os.readlink(os.path.join(root, path))
            blob = _git(["hash-object", "-w", "--stdin"], git_dir, target)[1].strip()
            lines.append(b"120000 %s\t%s" % (blob, path))
    with tempfile.TemporaryDirectory(dir=git_dir) as index:
        env = {"GIT_INDEX_FILE": f"{index}/index"}
        outcome, _ = _git(
            ["update-index", "-z", "--index-info"], git_dir, b"\0".join([*lines, b""]), env=env
        )
        _require(outcome, f"{folder} cannot be read")
        return _git(["write-tree"], git_dir, env=env)[1].decode("ascii").strip()


def _quoted(path: bytes) -> bytes:
    """A path as git reads it from a line."""
    if b"\n" not in path and not path.startswith(b'"'):
        return path
    return b'"' + path.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n") + b'"'


# --- objects --------------------------------------------------------------------------------------


def entries(git_dir: Path, commit: str) -> list[Entry]:
    """Everything in the tree of a commit, by path; undecodable names with surrogates."""
    args = ["ls-tree", "-r", "-z", "-l", "--full-tree", commit]
    outcome, listing = _git(args, git_dir)
    _require(outcome, f"{commit} cannot be listed")
    return [_entry(line) for line in listing.split(b"\0") if line]


def _entry(line: bytes) -> Entry:
    facts, path = line.split(b"\t", 1)
    mode, _, blob, size = facts.split()
    number = 0 if size == b"-" else int(size)
    return Entry(mode.decode(), blob.decode(), number, path.decode("utf-8", "surrogateescape"))


@lru_cache(maxsize=4)
def listing(git_dir: Path, commit: str) -> tuple[Entry, ...]:
    """As `entries`, kept: what a commit holds never changes."""
    return tuple(entries(git_dir, commit))


def submodules(git_dir: Path, commit: str) -> list[str]:
    """The paths at which a commit names another repository's commit."""
    return [entry.path for entry in listing(git_dir, commit) if entry.mode == _GITLINK]


class RepositoryTree:
    """The regular files of a repository at its commit; satisfies `codeaug.builds.Tree`."""

    def __init__(self, repository: Repository) -> None:
        self._git_dir = Path(repository.git_dir)
        self._commit = repository.commit

    @cached_property
    def _blobs(self) -> dict[str, str]:
        found = listing(self._git_dir, self._commit)
        return {entry.path: entry.blob for entry in found if entry.is_file}

    @property
    def paths(self) -> Sequence[str]:
        return list(self._blobs)

    def read(self, path: str) -> bytes:
        """The file's bytes. Raises KeyError for a path that is not in the tree."""
        blob = self._blobs[path]
        with blobs(self._git_dir) as read:
            return read(blob)


@contextlib.contextmanager
def blobs(git_dir: Path | str) -> Iterator[Callable[[str], bytes]]:
    """A function that reads blobs by id through one git process. It raises KeyError."""
    with _cat_file(git_dir) as (ask, answer):

        def read(blob: str) -> bytes:
            ask.write(blob.encode() + b"\n")
            ask.flush()
            return _blob(blob, answer)

        yield read


def contents(git_dir: Path | str, wanted: Sequence[str]) -> Generator[bytes, None, None]:
    """The blobs of these ids in order, read ahead by one git process. Raises KeyError.

    Few questions at a time fit into a pipe that git does not read just then: nobody waits.
    """
    with _cat_file(git_dir) as (ask, answer):
        for first in range(0, len(wanted), _QUESTIONS):
            some = wanted[first : first + _QUESTIONS]
            ask.write("".join(f"{blob}\n" for blob in some).encode())
            ask.flush()
            for blob in some:
                yield _blob(blob, answer)


def _cat_file(git_dir: Path | str) -> AbstractContextManager[tuple[IO[bytes], IO[bytes]]]:
    return conversation(_args(["cat-file", "--batch"], Path(git_dir)), env=_env(), hint=HINT)


def _blob(blob: str, answer: IO[bytes]) -> bytes:
    header = answer.readline().split()
    if len(header) != 3 or header[1] != b"blob":
        raise KeyError(blob)
    return answer.read(int(header[2]) + 1)[:-1]


def export(git_dir: Path, commit: str, destination: Path) -> None:
    """Write the tree of a commit below a new folder, byte by byte as it is in the objects.

    No filter, no `export-ignore`, no line-end conversion; links stay links, submodules are empty
    folders. Raises OutOfSpace.
    """
    destination.mkdir(parents=True, exist_ok=True)
    listed = [entry for entry in entries(git_dir, commit) if _is_safe(entry.path)]
    try:
        with blobs(git_dir) as read:
            # Links come last, so that no file is ever written through one.
            for entry in sorted(listed, key=lambda entry: entry.mode == _LINK):
                _write(entry, destination / entry.path, read)
    except OSError as error:
        if error.errno != 28:
            raise
        raise OutOfSpace(f"the disk of {destination} is full: make room and run again.") from error


def _is_safe(path: str) -> bool:
    """A hostile tree may name `..` or `.git`."""
    return not any(part.lower() in ("", ".", "..", ".git") for part in path.split("/"))


def _write(entry: Entry, path: Path, read: Callable[[str], bytes]) -> None:
    if entry.mode == _GITLINK:
        path.mkdir(parents=True, exist_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    data = read(entry.blob)
    if entry.mode == _LINK:
        os.symlink(data, os.fsencode(path))
        return
    mode = 0o755 if entry.mode == _EXECUTABLE else 0o644
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode), "wb") as f:
        f.write(data)


# --- the repository in which a hook runs ----------------------------------------------------------


def ask_here(args: Sequence[str], env: Mapping[str, str]) -> bytes:
    """What a question about the objects or the index of the repository around us gives.

    `env` is of `env_here`. Only for `rev-parse`, `merge-base`, `ls-files --stage`, `diff-index
    --cached --raw` and `diff-tree --raw`: with our settings these run nothing, whatever the
    repository's own configuration, hooks and attributes say; a test tries each of them. Raises
    RepositoryError.
    """
    outcome, out = run_bytes(
        _args(args, None), env=env, seconds=_SECONDS_HERE, output_limit=_OUTPUT, hint=HINT
    )
    _require(outcome, f"git {args[0]}")
    return out


def objects_here(env: Mapping[str, str]) -> AbstractContextManager[tuple[IO[bytes], IO[bytes]]]:
    """A conversation with `git cat-file --batch` about the repository around us."""
    return conversation(_args(["cat-file", "--batch"], None), env=env, hint=HINT)


def env_here(environ: Mapping[str, str]) -> dict[str, str]:
    """The environment for questions about the repository around us: nothing is fetched."""
    kept = {n: v for n, v in environ.items() if not n.startswith("GIT_") or _is_of_place(n)}
    return {**kept, **_QUIET, "GIT_ALLOW_PROTOCOL": "none"}


def _is_of_place(name: str) -> bool:
    return name in _PLACE or _OWN_WORD.fullmatch(name) is not None


# --- the one way to call git ----------------------------------------------------------------------


def _git(
    args: Sequence[str],
    git_dir: Path | None = None,
    stdin: bytes = b"",
    *,
    work_tree: Path | None = None,
    env: dict[str, str] | None = None,
    remote: str = "",
) -> tuple[Outcome, bytes]:
    return run_bytes(
        _args(args, git_dir, work_tree),
        env={**_env(remote), **(env or {})},
        cwd=work_tree or "/",
        stdin=stdin,
        seconds=SECONDS,
        output_limit=_OUTPUT,
        hint=HINT,
    )


def _args(args: Sequence[str], git_dir: Path | None, work_tree: Path | None = None) -> list[str]:
    config = [word for setting in _SAFE for word in ("-c", setting)]
    place = [f"--git-dir={git_dir}"] if git_dir else []
    if work_tree:
        place.append(f"--work-tree={work_tree}")
    return ["git", *config, *place, *args]


def _env(remote: str = "") -> dict[str, str]:
    """The user's environment without git's own; a server may need the user's credentials, so
    there, and only there, the user's own configuration counts."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k in _TRANSPORT}
    server = bool(remote) and is_remote(remote)
    if not server:
        kept["GIT_CONFIG_GLOBAL"] = "/dev/null"
        kept["GIT_CONFIG_NOSYSTEM"] = "1"
    allowed = "https:ssh" if server else "file" if remote else "none"
    return {**kept, **_QUIET, "GIT_ALLOW_PROTOCOL": allowed}


def _require(outcome: Outcome, what: str) -> None:
    """Raises with git's own last line when it failed."""
    if outcome.ok:
        return
    # git ends with general advice; what happened stands before it.
    said_before = outcome.err.partition("fatal: Could not read from remote")[0] or outcome.err
    lines = [line for line in said_before.strip().splitlines() if line.strip()]
    fatal = [line for line in lines if line.startswith(("fatal:", "error:"))]
    said = (fatal or lines or ["git gave no reason"])[-1]
    said = "it took too long" if outcome.timed_out else said.removeprefix("fatal: ")
    if "No space left on device" in outcome.err:
        raise OutOfSpace(f"{what}: the disk is full.")
    raise RepositoryError(f"{what}: {said.rstrip('.')}.")
