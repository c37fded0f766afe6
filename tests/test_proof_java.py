"""The prover for JVM bytecode: what must be proved, and what must never be."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest

from codeaug.builds.maven import BUILD
from codeaug.builds.maven_proof import PROGRAMS, Proof, Request, prove, read
from codeaug.model import Project
from codeaug.sandbox import Workspace, probe
from tests.proof_java_pairs import EQUAL, MEMBERS, UNEQUAL

REPO = Path(__file__).parent / "repos" / "java-maven-junit4"
FOLDER = "/repo/.codeaug-build/pairs"
JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
RELEASES = ("8", "17")
Answers = Mapping[tuple[str, str], Proof]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A built project with our programs beside it, and a root for each release of Java."""
    folder = tmp_path_factory.mktemp("proof")
    shutil.copytree(REPO, folder / "tree")
    (folder / "scratch").mkdir()
    (folder / "deps").mkdir()
    project = Project("maven", "", ("java",))
    with probe().workspace(
        folder / "tree", deps=folder / "deps", scratch=folder / "scratch", overlay=False
    ) as made:
        for step in (BUILD.fetch, BUILD.build, BUILD.instrument):
            for command in step(project):
                outcome = made.run(command)
                assert outcome.ok, outcome.out + outcome.err
        [host] = (folder / "tree" / ".codeaug-build").glob("maven-*/host.jar")
        made.write(".codeaug-build/pairs/host.jar", host.read_bytes())
        made.write(".codeaug-build/pairs/facts.txt", "".join(map(facts, RELEASES)).encode())
        yield made


def facts(release: str) -> str:
    lines = (("kind", "compile"), ("root", f"/repo/{release}"), ("option", "-g"),
             ("option", "--release"), ("option", release), ("path", "/repo/none"))  # fmt: skip
    return "".join(f"{key}\t{value}\n" for key, value in lines) + "\n"


def proofs(workspace: Workspace, requests: Iterable[Request]) -> list[Proof]:
    asked = list(requests)
    outcome = workspace.run(prove(FOLDER, "/deps/m2", JVM, asked))
    assert outcome.ok, outcome.err
    return [proof for answer in read(outcome, asked) for proof in answer]


def request(release: str, original: str, changed: str, unit: str = "C.f") -> Request:
    whole = (f"class C {{ {MEMBERS} {code} }}" for code in (original, changed))
    return Request(f"{release}/C.java", unit, next(whole), (next(whole),))


@pytest.fixture(scope="module")
def answers(workspace: Workspace) -> Answers:
    """The prover's word on both tables, by release and name."""
    pairs = {(r, name): pair for r in RELEASES for name, pair in (EQUAL | UNEQUAL).items()}
    given = proofs(workspace, (request(r, *pair) for (r, _), pair in pairs.items()))
    return dict(zip(pairs, given, strict=True))


def test_no_name_is_in_both_tables() -> None:
    assert not EQUAL.keys() & UNEQUAL.keys()


def test_every_source_of_the_prover_is_compiled() -> None:
    import codeaug.runners

    folder = Path(codeaug.runners.__file__).parent / "hosts" / "java" / "proof"
    assert sorted(PROGRAMS) == sorted(path.stem for path in folder.glob("*.java"))


@pytest.mark.slow
@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("name", EQUAL)
def test_equal_pair_is_proved(answers: Answers, release: str, name: str) -> None:
    proof = answers[release, name]
    assert proof.proved, proof.detail


@pytest.mark.slow
@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("name", UNEQUAL)
def test_unequal_pair_stays_unknown(answers: Answers, release: str, name: str) -> None:
    proof = answers[release, name]
    assert not proof.proved
    assert proof.detail
    assert "javac" not in proof.detail
    assert "compile" not in proof.detail


@pytest.mark.slow
def test_a_file_that_does_not_compile_is_unknown_and_the_others_go_on(
    workspace: Workspace,
) -> None:
    good = "static int f(int a) { return a; }"
    given = proofs(
        workspace,
        (
            request("8", good, "static int f(int a) { return b; }"),
            request("8", "static int f(int a) { return b; }", good),
            Request("nowhere/C.java", "C.f", good, (good,)),
            request("8", good, good + " "),
        ),
    )
    assert [proof.proved for proof in given] == [False, False, False, True]
    for proof, reason in zip(
        given, ("does not compile", "the original", "no module"), strict=False
    ):
        assert re.search(reason, proof.detail)


@pytest.mark.slow
def test_a_change_outside_the_unit_is_unknown_even_where_it_is_equal(workspace: Workspace) -> None:
    a = "static int f(int a) { return g(a); } static int k(int a) { return a > 0 ? 1 : 2; }"
    b = "static int f(int a) { return g(a); } static int k(int a) { return a <= 0 ? 2 : 1; }"
    outside, inside = proofs(workspace, (request("17", a, b), request("17", a, b, "C.k(int)")))
    assert not outside.proved
    assert "outside the unit" in outside.detail
    assert inside.proved
