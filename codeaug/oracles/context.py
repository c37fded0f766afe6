"""What evidence about a unit depends on beside the unit's own text; see docs/living.md.

A unit's *context* is a digest of the build, of what every test of the project needs, of the
declarations that the unit names, and of the tests that execute it. Evidence is made again when it
changes, and only then: at another commit with the same context it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from codeaug.model import Coverage, Oracle, Project, Unit, content_id
from codeaug.oracles.facts import FileFacts

# What neither a build nor a test is expected to read.
NO_MATTER = (
    "*.md", "*.rst", "*.adoc", "/docs/", "/doc/", "LICENSE*", "LICENCE*", "COPYING*", "NOTICE*",
    "AUTHORS*", "CONTRIBUTORS*", "CHANGES*", "CHANGELOG*", "/.github/", "/.gitlab/",
    "/.gitlab-ci.yml", "/Jenkinsfile", "/.pre-commit-config.yaml", ".gitignore", ".gitattributes",
    ".mailmap", ".editorconfig", ".clang-format", ".clang-tidy", "CODEOWNERS", "codeaug.toml",
    ".codeaug.toml", "/.travis.yml", "/.circleci/", "/azure-pipelines.yml", "/.vscode/", "/.idea/",
    ".codeaugignore",
)  # fmt: skip

_BUILD_SCRIPTS = frozenset({"setup.py", "noxfile.py"})
_NAME = re.compile(r"[^\W\d]\w*")
_PARAMETERS = re.compile(r"\[.*\]\Z| ?#\d+\Z", re.DOTALL)


class Contexts:
    """The contexts of a project's units at one commit.

    `facts` are those of the repository's source files by path, `others` the blobs of all other
    files by path.
    """

    def __init__(
        self,
        project: Project,
        projects: Sequence[Project],
        facts: Mapping[str, FileFacts],
        others: Mapping[str, str],
    ) -> None:
        roots = {p.root for p in projects}
        self._project = project
        self._facts = {p: f for p, f in facts.items() if _concerns(p, project.root, roots)}
        self._others = {p: b for p, b in others.items() if _concerns(p, project.root, roots)}
        self._tests = {p: f for p, f in self._facts.items() if f.is_test}
        self._known: dict[str, str] = {}
        self.executed: Mapping[str, Sequence[str]] = {}
        """The test files that each test executes, where that was measured."""

    def test_files(self, coverage: Coverage) -> dict[str, list[str]]:
        """What `executed` is by this coverage."""
        return {
            test: own
            for test, files in coverage.tests.items()
            if (own := sorted(self._tests.keys() & files))
        }

    @cached_property
    def essence(self) -> str:
        """Stays as long as no text but comments, layout and what does not matter changed."""
        files = (f"{path}={one.tokens}" for path, one in sorted(self._facts.items()))
        return content_id(self._ground, *files)

    @cached_property
    def _ground(self) -> str:
        """The build and all files that are no source."""
        others = (f"{path}={blob}" for path, blob in sorted(self._others.items()))
        scripts = (
            f"{path}={one.tokens}"
            for path, one in sorted(self._facts.items())
            if path.rpartition("/")[2] in _BUILD_SCRIPTS
        )
        return content_id(self._project.id, *others, *scripts)

    def of(self, unit: Unit, oracle: Oracle | None) -> str:
        """The context of a unit with these tests."""
        named = self._named(_NAME.findall(unit.code))
        here = self._facts.get(unit.path)
        # What is imported by no name may be behind any.
        imported = here.imported if here else []
        stars = [self._imported(name, origin) for name, origin in imported if name == "*"]
        tests = {self._test(test) for test in oracle.tests} if oracle else set()
        parts = (sorted(named), "stars", sorted(stars), "tests", sorted(tests))
        return content_id(
            self._ground, self._helpers, *(part for p in parts for part in _listed(p))
        )

    def _named(self, names: Iterable[str]) -> set[str]:
        """What stands outside functions and declares one of these names, or one that such a piece
        mentions."""
        digests, seen, waiting = set[str](), set[str](), set(names)
        while waiting:
            name = waiting.pop()
            seen.add(name)
            for digest, mentioned in self._declared.get(name, ()):
                if digest not in digests:
                    digests.add(digest)
                    waiting.update(mentioned - seen)
        return digests

    @cached_property
    def _declared(self) -> Mapping[str, list[tuple[str, frozenset[str]]]]:
        """Pieces by the names that they may declare, with those that they mention and somebody
        declares."""
        found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
        sources = [one for one in self._facts.values() if not one.is_test]
        own = {name for one in sources for _, names, _ in one.pieces for name in names}
        for one in sources:
            for digest, names, mentioned in one.pieces:
                known = frozenset(mentioned) & own
                for name in names:
                    found[name].append((digest, known))
            for name, origin in one.imported:
                found[name].append((self._imported(name, origin), frozenset()))
        return found

    def _imported(self, name: str, target: str) -> str:
        """From where a name comes: of our own files it does not matter from which."""
        parts = target.split(".")
        heads = (".".join(parts[:end]) for end in range(1, len(parts) + 1))
        own = target.startswith(".") or any(head in self._modules for head in heads)
        return content_id(name, "own" if own else target)

    @cached_property
    def _modules(self) -> frozenset[str]:
        """How our own files may be named by those who import from them: `a.b` of `src/a/b.py`."""
        found = set()
        for path in self._facts:
            parts = path.rpartition(".")[0].removesuffix("/__init__").split("/")
            found |= {".".join(parts[start:]) for start in range(len(parts))}
        return frozenset(found)

    @cached_property
    def _helpers(self) -> str:
        """Test files without a test of their own, of which nobody knows which tests execute them:
        what is in them may be behind any."""
        known = {path for files in self.executed.values() for path in files}
        helpers = (f.tokens for p, f in self._tests.items() if not f.tests and p not in known)
        return content_id(*sorted(helpers))

    def _test(self, test: str) -> str:
        """A test's own text and what surrounds it in its file; all tests, where it is not found."""
        if test not in self._known:
            self._known[test] = self._text(test) or self._every_test
        return self._known[test]

    @cached_property
    def _every_test(self) -> str:
        return content_id(*sorted(one.tokens for one in self._tests.values()))

    def _text(self, test: str) -> str:
        """Of the function that the id names; of those of that name, where a class inherits it; of
        the files that it was measured to execute."""
        places = list(self._places(_PARAMETERS.sub("", test)))
        exact = [(self._tests[p].tests[n], p) for p, n in places
                 if p in self._tests and n in self._tests[p].tests]  # fmt: skip
        if exact:
            return content_id(*sorted(f"{text} {self._around(path)}" for text, path in exact))
        method = places[0][1].rpartition(".")[2] if places else ""
        if inherited := self._by_method.get(method, []):
            own = {path for path, _ in places if path in self._tests}
            files = {self._around(path) for path in own | {path for _, path in inherited}}
            return content_id(*sorted(text for text, _ in inherited), *sorted(files))
        files = {self._tests[path].tokens for path in self.executed.get(test, ())}
        return content_id(*sorted(files)) if files else ""

    def _around(self, path: str) -> str:
        """What stands beside the tests in their file, and in the test files that it uses."""
        seen, waiting = set[str](), {path}
        while waiting:
            seen.add(one := waiting.pop())
            waiting |= self._used(one) - seen
        return content_id(*sorted(self._beside(one) for one in seen))

    def _beside(self, path: str) -> str:
        one = self._tests[path]
        return content_id(one.rest, *sorted(self._imported(*pair) for pair in one.imported))

    def _used(self, path: str) -> set[str]:
        """Test files that a test file imports, or of whose class it speaks."""
        one = self._tests[path]
        origins = {origin for _, origin in one.imported}
        words = set(one.mentions)
        found = set()
        for other in self._tests.keys() - {path}:
            stem = other.rpartition("/")[2].partition(".")[0]
            module = other.rpartition(".")[0].replace("/", ".")
            if stem in words or any(_is_in(module, origin) for origin in origins):
                found.add(other)
        return found

    @cached_property
    def _by_method(self) -> Mapping[str, list[tuple[str, str]]]:
        """Test functions by the last part of their name, each with its file."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for path, one in self._tests.items():
            for name, text in one.tests.items():
                found[name.rpartition(".")[2]].append((text, path))
        return found

    def _places(self, test: str) -> Iterable[tuple[str, str]]:
        """Files and functions that a test's id may mean, as the builds write ids."""
        root = self._project.root + "/" if self._project.root else ""
        if "#" in test:  # Java: module:package.Outer$Inner#method
            owner, _, method = test.rpartition(":")[2].partition("#")
            package, _, classes = owner.rpartition(".")
            file = f"{package.replace('.', '/')}/{classes.partition('$')[0]}.java".lstrip("/")
            name = f"{classes.replace('$', '.')}.{_bare(method)}"
            yield from ((path, name) for path in self._tests if f"/{path}".endswith(f"/{file}"))
        elif ".py::" in test:  # pytest: path::Class::function
            path, _, name = test.partition("::")
            yield root + path, name.replace("::", ".")
        elif self._project.build == "pytest":  # unittest: module.Class.method
            parts = test.split(".")
            for cut in range(len(parts) - 1, 0, -1):
                yield f"{root}{'/'.join(parts[:cut])}.py", ".".join(parts[cut:])
        else:  # C++: program::Suite.Name
            name = test.rpartition("::")[2]
            yield from ((path, name) for path, one in self._tests.items() if name in one.tests)


def _bare(method: str) -> str:
    return re.split(r"[(\[{]", method)[0]


def _listed(part: str | Sequence[str]) -> Sequence[str]:
    return (part,) if isinstance(part, str) else part


def _is_in(module: str, origin: str) -> bool:
    """Whether `a.b.c` or one of its ends, such as `b.c`, is what `b.c.name` comes from."""
    parts = module.split(".")
    ends = (".".join(parts[start:]) for start in range(len(parts)))
    origin = origin.lstrip(".")
    return any(origin == end or origin.startswith(f"{end}.") for end in ends)


def _concerns(path: str, root: str, roots: Iterable[str]) -> bool:
    """Whether a file may be behind what a project does: not one of a project beside or below it."""
    holding = [other for other in roots if not other or path.startswith(other + "/")]
    home = max(holding, key=len, default="")
    return not home or root == home or root.startswith(home + "/")
