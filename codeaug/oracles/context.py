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
    ".mailmap", ".editorconfig", ".clang-format", ".clang-tidy", "CODEOWNERS", "/codeaug.toml",
    ".codeaugignore",
)  # fmt: skip

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
        inner = [p.root for p in projects if p.root != project.root]
        self._project = project
        self._facts = {p: f for p, f in facts.items() if _inside(p, project.root, inner)}
        self._others = {p: b for p, b in others.items() if _inside(p, project.root, inner)}
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
        return content_id(self._project.id, *others)

    def of(self, unit: Unit, oracle: Oracle | None) -> str:
        """The context of a unit with these tests."""
        names = set(_NAME.findall(unit.code))
        named = {d for name in names & self._declared.keys() for d in self._declared[name]}
        tests = {self._test(test) for test in oracle.tests} if oracle else set()
        return content_id(self._ground, self._helpers, *sorted(named), "tests", *sorted(tests))

    @cached_property
    def _declared(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for one in self._facts.values():
            for name, digests in one.declared.items():
                found[name].update(digests)
            for name, target in one.imported if not one.is_test else ():
                found[name].add(self._imported(name, target))
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
        for path, name in places:
            one = self._tests.get(path)
            if one and name in one.tests:
                return content_id(one.tests[name], self._around(one))
        method = places[0][1].rpartition(".")[2] if places else ""
        if inherited := self._by_method.get(method, []):
            own = [self._tests[path] for path, _ in places if path in self._tests]
            files = {self._around(one) for one in (*own, *(one for _, one in inherited))}
            return content_id(*sorted(text for text, _ in inherited), *sorted(files))
        files = {self._tests[path].tokens for path in self.executed.get(test, ())}
        return content_id(*sorted(files)) if files else ""

    def _around(self, one: FileFacts) -> str:
        """What stands beside the tests in their file."""
        return content_id(one.rest, *sorted(self._imported(*pair) for pair in one.imported))

    @cached_property
    def _by_method(self) -> Mapping[str, list[tuple[str, FileFacts]]]:
        """Test functions by the last part of their name, each with its file."""
        found: dict[str, list[tuple[str, FileFacts]]] = defaultdict(list)
        for one in self._tests.values():
            for name, text in one.tests.items():
                found[name.rpartition(".")[2]].append((text, one))
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


def _inside(path: str, root: str, inner: Sequence[str]) -> bool:
    """Whether a path lies in a project and in none that lies in it."""
    if root and not path.startswith(root + "/"):
        return False
    return not any(
        other.startswith(root + "/" if root else "") and path.startswith(other + "/")
        for other in inner
    )
