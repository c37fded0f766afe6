"""The program that stays, for Java: it says what the cold way says, and texts stay apart."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from codeaug.builds import Prepared, custom
from codeaug.builds.maven import BUILD
from codeaug.languages import find_units
from codeaug.model import Baseline, Diagnostics, Project, Rerun, TestOutcome, Unit
from codeaug.runners import HandOver, Ran
from codeaug.runners.cold import Cold
from codeaug.runners.resident import Resident, Residents, Text
from codeaug.sandbox import Sandbox, probe
from tests import native_bench

pytestmark = pytest.mark.slow

REPOS = Path(__file__).parent / "repos"
FIVE, FOUR = "java-maven-junit5", "java-maven-junit4"
PRICE, WORDS = "src/main/java/org/acme/Price.java", "src/main/java/org/acme/Words.java"
GROSS = "org.acme.PriceTest#grossAddsTax"
NEGATIVE = "org.acme.PriceTest$Negative#gross"
OLD = "org.acme.OldStyleTest#gross"
REFUND, LABELS = "org.acme.PriceTest#label", "org.acme.PriceTest#labels"
HEAP = "org.acme.SurroundingsTest#heapHolds"
ALL = (GROSS, NEGATIVE, OLD)
BODY = """int tax = cents * RATE / 100;
        return cents + tax;"""


@dataclass(frozen=True)
class Shop:
    """A fixture repository, built, with one unit of a file."""

    sandbox: Sandbox
    prepared: Prepared
    scratch: Path
    path: str
    unit: str

    @property
    def source(self) -> str:
        return (self.prepared.tree / self.path).read_text("utf-8")

    def text(self, source: str) -> Text:
        found = find_units("java", source.encode(), self.path, "")
        named = [u for u in found if isinstance(u, Unit) and u.name == self.unit]
        return Text(source.encode(), named[0])

    def body(self, new: str, old: str = BODY, more: str = "") -> bytes:
        """The file with another body of the unit, and more members before it."""
        assert self.source.count(old) == 1
        changed = self.source.replace(old, new)
        start = "public class Price {"
        return changed.replace(start, start + more).encode()

    @contextmanager
    def resident(self, *texts: bytes) -> Iterator[Resident]:
        residents = Residents(self.sandbox, self.scratch)
        known = [self.text(self.source), *(self.text(text.decode()) for text in texts)]
        try:
            with residents.of_unit(self.prepared, known) as runner:
                yield runner
        finally:
            residents.close()

    @contextmanager
    def cold(self) -> Iterator[Cold]:
        ready = self.prepared
        with self.sandbox.workspace(
            ready.tree, deps=ready.deps, scratch=self.scratch, overlay=True
        ) as workspace:
            yield Cold(ready.build, ready.project, workspace, self.path)

    def ran(self, text: bytes, tests: Sequence[str] = (GROSS,), seconds: float = 60) -> Ran[Rerun]:
        """The text alone in a program; the unchanged one must pass there afterwards."""
        with self.resident(text) as runner:
            ran = runner.rerun(text, tests, seconds)
            again = runner.rerun(self.source.encode(), tests, 60).result.report
            assert again.complete, again.problem
            assert set(again.outcomes.values()) == {TestOutcome.PASSED}
            return ran


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Prepared]:
    """`built("java-maven-junit5")`: that fixture, fetched, built and instrumented, once."""
    made: dict[str, Prepared] = {}
    deps = tmp_path_factory.mktemp("deps")

    def make(name: str) -> Prepared:
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            shutil.copytree(REPOS / name, folder / "tree")
            project = Project("maven", "", ("java",))
            with probe().workspace(
                folder / "tree", deps=deps, scratch=folder, overlay=False
            ) as workspace:
                for step in (BUILD.fetch, BUILD.build, BUILD.instrument):
                    for command in step(project):
                        outcome = workspace.run(command)
                        assert outcome.ok, outcome.out[-3000:] + outcome.err[-3000:]
            baseline = Baseline({GROSS: 0.1}, {}, 0.1)
            made[name] = Prepared(project, BUILD, folder / "tree", deps, baseline)
        return made[name]

    return make


@pytest.fixture
def shop(built: Callable[[str], Prepared], tmp_path: Path) -> Shop:
    return Shop(probe(), built(FIVE), tmp_path, PRICE, "Price.gross")


def only_passed(ran: Ran[Rerun], tests: Sequence[str]) -> bool:
    report = ran.result.report
    return report.complete and report.outcomes == dict.fromkeys(tests, TestOutcome.PASSED)


# --- as the cold way ------------------------------------------------------------------------------

SAME = {
    "right": "int tax = cents * RATE / 100; return tax + cents;",
    "wrong": "int tax = cents * RATE / 100; return cents - tax;",
    "uncompilable": "return centz;",
    "warned": "java.util.List raw = new ArrayList(); return cents + cents * RATE / 100;",
    "unchecked": "List<Integer> a = (List<Integer>) (Object) steps(); return cents + cents / 5;",
    "deprecated": "return new Integer(cents + cents / 5);",
    "raised": 'if (cents > 0) { throw new IllegalStateException("no"); } return cents;',
}


@pytest.mark.parametrize("name", SAME)
def test_compiler_and_tests_say_the_same_as_cold(shop: Shop, name: str) -> None:
    text, source = shop.body(SAME[name]), shop.source.encode()
    with shop.resident(text) as runner, shop.cold() as cold:
        assert runner.compile(source).result == cold.compile(source).result
        warm, other = runner.compile(text).result, cold.compile(text).result
        assert warm == other
        if warm.ok:
            first, second = (r.rerun(text, ALL, 60).result for r in (runner, cold))
            assert first.executable == second.executable
            assert (
                bool(first.report.failed)
                == bool(second.report.failed)
                == (name in ("wrong", "raised"))
            )
            if first.report.complete and not first.report.failed:
                assert first.report.outcomes == second.report.outcomes
                assert first.executed == second.executed


@pytest.mark.parametrize("tests", [(GROSS, OLD), (OLD, GROSS)])
def test_what_one_test_leaves_is_there_for_the_same_others_as_cold(
    shop: Shop, tests: tuple[str, str]
) -> None:
    keeps = """if (first == 0) { first = cents; }
        return cents == 100 == (first == 100) ? cents + cents / 5 : 0;"""
    text = shop.body(keeps, more=" private static int first;")
    with shop.resident(text) as runner, shop.cold() as cold:
        first, second = (r.rerun(text, tests, 60).result.report for r in (runner, cold))
        assert first.failed == second.failed == (tests[1],)


def test_outcomes_of_every_kind_of_test_are_as_cold(shop: Shop) -> None:
    source = shop.source.encode()
    names = ("assumed", "disabled", "label", "labels", "repeated", "steps", "grossAddsTax")
    for test in (*(f"org.acme.PriceTest#{name}" for name in names), NEGATIVE, OLD):
        with shop.resident() as runner, shop.cold() as cold:
            first, second = (r.rerun(source, [test], 60).result for r in (runner, cold))
            assert first.report.outcomes == second.report.outcomes, test
            assert (first.executed, first.executable) == (second.executed, second.executable), test


def test_what_the_pom_sets_for_tests_holds(shop: Shop) -> None:
    names = ("systemPropertiesHold", "environmentHolds", "heapHolds", "workingDirectoryHolds",
             "assertionsAreOn", "resourcesAreFound", "standardOutputMayBeClosed")  # fmt: skip
    tests = [f"org.acme.SurroundingsTest#{name}" for name in names]
    assert only_passed(shop.ran(shop.body(SAME["right"]), tests), tests)


def test_tests_of_junit_4_and_3_run_in_another_encoding(
    built: Callable[[str], Prepared], tmp_path: Path
) -> None:
    prepared = built(FOUR)
    latin = (prepared.tree / WORDS).read_bytes().decode("latin-1")
    plain = latin.replace('\u00fc";', '\\u00fc";')
    assert plain != latin
    (prepared.tree / WORDS).write_bytes(plain.encode("latin-1"))
    shop = Shop(probe(), prepared, tmp_path, WORDS, "Words.count")
    text = plain.replace('split(" ").length', 'split(" ").length + 1').encode()
    tests = ["org.acme.LongWordsTest#testLong", "org.acme.WordsTest#emptyHasNone"]
    with shop.resident(text) as runner, shop.cold() as cold:
        assert only_passed(runner.rerun(text, tests, 60), tests)
        wrong = ["org.acme.WordsTest#countsWords", *tests]
        first, second = (r.rerun(text, wrong, 60).result.report for r in (runner, cold))
        assert first.failed == second.failed == (wrong[0],)
        assert first.detail == second.detail
        ignored = ["org.acme.WordsTest#ignored", "org.acme.WordsTest#assumed"]
        report = runner.rerun(shop.source.encode(), ignored, 60).result.report
        assert set(report.outcomes.values()) == {TestOutcome.SKIPPED}


# --- shapes of classes ----------------------------------------------------------------------------

SHAPES = {
    "a lambda": "java.util.function.IntSupplier s = () -> cents * RATE / 100;"
    " return cents + s.getAsInt();",
    "an anonymous class": "return new Object() { int f() { return cents + cents * RATE / 100; } }"
    ".f();",
    "a local class": "class Tax { int of(int c) { return c * RATE / 100; } }"
    " return cents + new Tax().of(cents);",
    "a switch over an enum": "switch (java.time.DayOfWeek.MONDAY) { case MONDAY:"
    " return cents + cents * RATE / 100; default: return 0; }",
    "joined strings": 'return Integer.parseInt("" + (cents + cents * RATE / 100));',
}


@pytest.mark.parametrize("name", SHAPES)
def test_body_may_have(shop: Shop, name: str) -> None:
    assert only_passed(shop.ran(shop.body(SHAPES[name]), ALL), ALL)


def test_file_may_have_new_members_and_classes(shop: Shop) -> None:
    more = "int tax() { return Rates.of(cents); } static class Rates {" \
        " static int of(int c) { return c * RATE / 100; } }"  # fmt: skip
    text = shop.body("return cents + tax();", more=more)
    assert only_passed(shop.ran(text, ALL), ALL)


def test_a_class_that_the_text_no_longer_has_is_not_found(shop: Shop) -> None:
    gone = shop.source.replace("abstract static class Formatter", "abstract static class Form")
    gone = gone.replace("return new Formatter()", "return new Form()")
    look = 'try { Class.forName("org.acme.Price$Formatter"); return 0; }' \
        " catch (ClassNotFoundException e) { return cents + cents / 5; }"  # fmt: skip
    assert only_passed(shop.ran(gone.replace(BODY, look).encode()), [GROSS])


def test_the_changed_class_can_be_read_as_a_resource(shop: Shop) -> None:
    text = shop.body(
        'try (java.io.InputStream in = Price.class.getResourceAsStream("Price.class")) {'
        ' String all = new String(in.readAllBytes(), "ISO-8859-1");'
        ' return all.contains("only this text") ? cents + cents / 5 : 0;'
        " } catch (java.io.IOException e) { return 1; }"
    )
    assert only_passed(shop.ran(text), [GROSS])


# --- texts stay apart -----------------------------------------------------------------------------

LEFT = {
    "static state": ("Seen.count++ > 0", "static class Seen { static int count; }"),
    "a system property": ('System.setProperty("seen", "yes") != null', ""),
    "a default locale": (
        "java.util.Locale.getDefault().equals(java.util.Locale.JAPAN)"
        " | set(java.util.Locale.JAPAN)",
        "static boolean set(java.util.Locale l) { java.util.Locale.setDefault(l); return false; }",
    ),
    "a time zone": (
        'java.util.TimeZone.getDefault().getID().equals("Asia/Tokyo") | zone()',
        "static boolean zone() { java.util.TimeZone.setDefault("
        'java.util.TimeZone.getTimeZone("Asia/Tokyo")); return false; }',
    ),
    "a file in /tmp": ('!new java.io.File("/tmp/left").mkdir()', ""),
    "a file of the tree": ('!new java.io.File("src/left").mkdir()', ""),
    "a thread": (
        'Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals("left"))'
        " | left()",
        'static boolean left() { Thread t = new Thread(() -> { while (true) { } }, "left");'
        " t.setDaemon(true); t.start(); return false; }",
    ),
    "a closed standard output": (
        "System.out.checkError() | closed()",
        "static boolean closed() { System.setOut(new java.io.PrintStream(System.out) {"
        " @Override public boolean checkError() { return true; } }); return false; }",
    ),
    "a security provider": (
        'java.security.Security.getProvider("left") != null'
        " | java.security.Security.addProvider(new Left()) < 0",
        "static class Left extends java.security.Provider {"
        " private static final long serialVersionUID = 1L;"
        ' @SuppressWarnings("deprecation") Left() { super("left", 1.0, ""); } }',
    ),
}


@pytest.mark.parametrize("name", LEFT)
def test_next_run_does_not_see(shop: Shop, name: str) -> None:
    seen, more = LEFT[name]
    text = shop.body(f"return {seen} ? -1 : cents + cents * RATE / 100;", more=more)
    with shop.resident(text) as runner:
        for _ in range(3):
            assert only_passed(runner.rerun(text, [GROSS], 60), [GROSS])


# --- what must not pass ---------------------------------------------------------------------------

ENDS = {
    "exit": "System.exit(0);",
    "halt": "Runtime.getRuntime().halt(0);",
    "no stack left": "if (cents > 0) { return gross(); }",
    "no memory left": "List<long[]> all = new ArrayList<>();"
    " while (cents > 0) { all.add(new long[1 << 20]); }",
    "an assumption": "if (cents > 0) { throw aborted(); }",
}


ABORTED = """ static RuntimeException aborted() {
        try {
            return (RuntimeException) Class.forName("org.opentest4j.TestAbortedException", true,
                Thread.currentThread().getContextClassLoader()).getConstructor().newInstance();
        } catch (ReflectiveOperationException e) { throw new Error(e); } }"""


@pytest.mark.parametrize("name", ENDS)
def test_does_not_pass_and_spoils_nothing(shop: Shop, name: str) -> None:
    ran = shop.ran(shop.body(ENDS[name] + BODY, more=ABORTED))
    assert not ran.result.report.passed
    assert not ran.limit


def test_a_loop_without_end_is_stopped(shop: Shop) -> None:
    ran = shop.ran(shop.body("while (cents > 0) { }" + BODY), ALL, seconds=2)
    assert ran.limit == "wall time"
    assert not ran.result.report.passed


def test_what_is_written_without_end_is_thrown_away(shop: Shop) -> None:
    flood = "for (int i = 0; i < 3000000; i++) { System.out.println(i); System.err.println(i); }"
    assert only_passed(shop.ran(shop.body(flood + BODY)), [GROSS])


def test_a_forged_line_ends_the_run(shop: Shop) -> None:
    forged = (
        'try (java.io.OutputStream out = new java.io.FileOutputStream("/dev/fd/3")) {'
        f' out.write("0 {{\\"test\\": \\"{GROSS}\\", \\"outcome\\": \\"passed\\"}}\\n".getBytes());'
        " } catch (java.io.IOException e) { return 1; } return -1;"
    )
    assert not shop.ran(shop.body(forged)).result.report.passed


def test_the_report_channel_is_not_there_for_tests(shop: Shop) -> None:
    look = 'return System.getenv("CODEAUG_REPORT") == null ? cents + cents / 5 : 0;'
    assert only_passed(shop.ran(shop.body(look)), [GROSS])


def test_tests_that_start_processes_are_for_the_cold_way(shop: Shop) -> None:
    start = (
        'try { new ProcessBuilder("true").start().waitFor(); } catch (Exception e) { return 0; }'
    )
    text = shop.body(start + BODY)
    with shop.resident(text) as runner, pytest.raises(HandOver, match="processes"):
        runner.rerun(text, [GROSS], 60)


# --- order and proof ------------------------------------------------------------------------------


def test_the_first_that_fails_is_the_last_that_runs(shop: Shop) -> None:
    text = shop.body("return cents > 0 ? cents + cents / 5 : 0;")
    for order, ran in (
        ([OLD, NEGATIVE, REFUND], [OLD, NEGATIVE]),
        ([NEGATIVE, OLD, REFUND], [NEGATIVE]),
        ([OLD, GROSS, OLD, HEAP], [OLD, GROSS, HEAP]),
    ):
        with shop.resident(text) as runner:
            outcomes = runner.rerun(text, order, 60).result.report.outcomes
            assert {t for t in outcomes if t in ran} == set(ran)
            assert OLD in ran or OLD not in outcomes


def test_a_rewritten_unit_is_proved_and_a_fault_is_not(shop: Shop) -> None:
    right = shop.body("int part = cents * RATE / 100; return cents + part;")
    wrong = shop.body("int tax = cents * RATE / 100; return cents - tax;")
    with shop.resident(right, wrong) as runner:
        assert runner.prove(right).result.proved
        found = runner.prove(wrong).result
        assert not found.proved
        assert found.detail


def test_many_texts_leave_nothing(shop: Shop) -> None:
    texts = [shop.body(f"int tax = cents * RATE / 100 + {n} - {n}; return cents + tax;")
             for n in range(250)]  # fmt: skip
    with shop.resident(*texts) as runner:
        for text in texts:
            assert runner.compile(text).result == Diagnostics(True, (), "")
            assert only_passed(runner.rerun(text, ALL, 60), ALL)


# --- compared -------------------------------------------------------------------------------------

COUNT = """if (text.isEmpty()) {
            return 0;
        }
        return text.split(" ").length;"""
COUNTS = ["org.acme.WordsTest#countsWords", "org.acme.WordsTest#nothingIsRefused"]


@pytest.fixture
def words(built: Callable[[str], Prepared], tmp_path: Path) -> Shop:
    prepared = built(FOUR)
    latin = (prepared.tree / WORDS).read_bytes().decode("latin-1")
    (prepared.tree / WORDS).write_bytes(latin.replace('\u00fc";', '\\u00fc";').encode("ascii"))
    return Shop(probe(), prepared, tmp_path, WORDS, "Words.count")


def test_units_that_do_the_same_agree_on_many_inputs(words: Shop) -> None:
    text = words.body('return text.isEmpty() ? 0 : text.split(" ").length;', old=COUNT)
    with words.resident(text) as runner:
        found = runner.compare(text, COUNTS, 10).result
        assert (found.difference, found.problem) == ("", "")
        assert found.inputs >= 10


def test_a_difference_that_no_test_sees_is_found_and_becomes_a_test(words: Shop) -> None:
    text = words.body('if (text.equals("zz")) { return 7; }' + COUNT, old=COUNT)
    with words.resident(text) as runner:
        assert only_passed(runner.rerun(text, COUNTS, 60), COUNTS)
        found = runner.compare(text, COUNTS, 10).result
        assert found.difference == 'Words.count("zz"): returns 7, the original: returns 1'
        assert 'assertEquals(1, Words.count("zz"));' in found.witness


def test_another_exception_is_a_difference(words: Shop) -> None:
    text = words.body(
        'if (text.equals("zz")) { throw new IllegalStateException(); }' + COUNT, old=COUNT
    )
    with words.resident(text) as runner:
        found = runner.compare(text, COUNTS, 10).result
        assert 'Words.count("zz"): throws' in found.difference
        assert 'assertEquals(1, Words.count("zz"));' in found.witness


def test_tests_that_run_between_two_comparisons_take_no_input_away(words: Shop) -> None:
    right, wrong = (words.body(code + COUNT, old=COUNT) for code in (
        "text.length(); ", 'if (text.equals("zz")) { return 7; } '
    ))  # fmt: skip
    with words.resident(right, wrong) as runner:
        first = runner.compare(right, COUNTS, 10).result
        runner.rerun(wrong, COUNTS, 60)
        second = runner.compare(wrong, COUNTS, 10).result
        assert first.inputs
        assert not first.difference
        assert "returns 7" in second.difference


MISBEHAVING = {
    "while (true) { Thread.onSpinWait(); }": "does not end, the original: returns 1",
    "long[] all = new long[Integer.MAX_VALUE - 2];": "runs out of memory",
}


@pytest.mark.parametrize("code", MISBEHAVING)
def test_a_text_that_does_not_answer_where_no_test_looks_is_another(words: Shop, code: str) -> None:
    text = words.body(f'if (text.equals("zz")) {{ {code} }}' + COUNT, old=COUNT)
    with words.resident(text) as runner:
        assert only_passed(runner.rerun(text, COUNTS, 60), COUNTS)
        found = runner.compare(text, COUNTS, 10).result
        assert found.difference.startswith('Words.count("zz"): ' + MISBEHAVING[code])


def test_code_that_differs_from_itself_is_not_compared(words: Shop) -> None:
    odd = words.body("if (text.isEmpty()) { return (int) System.nanoTime(); }" + COUNT, old=COUNT)
    residents = Residents(words.sandbox, words.scratch)
    with residents.of_unit(words.prepared, [words.text(odd.decode())] * 2) as runner:
        found = runner.compare(odd, COUNTS, 10).result
        assert "differs from itself" in found.problem
        assert not found.difference
    residents.close()


def test_receiver_and_what_is_written_are_compared(shop: Shop) -> None:
    right = shop.body("return cents + cents * RATE / 100;")
    wrong = shop.body('System.out.print(""+cents); return cents + cents * RATE / 100;')
    with shop.resident(right, wrong) as runner:
        found = runner.compare(right, ALL, 10).result
        assert (found.difference, found.problem) == ("", "")
        assert found.inputs >= 2
        assert "writes" in runner.compare(wrong, ALL, 10).result.difference


def test_a_unit_that_no_test_calls_is_not_compared(shop: Shop) -> None:
    text = shop.body("return cents + cents * RATE / 100;")
    with shop.resident(text) as runner:
        assert runner.compare(text, [HEAP], 10).result.problem == "no test calls the unit"


# --- commands of the user's own -------------------------------------------------------------------

RANGE, LENGTH = "src/org/acme/Range.java", "org.acme.RangeTest#countsBothEnds"


def test_own_commands_are_served_where_the_same_classes_can_be_made(tmp_path: Path) -> None:
    table = tomllib.loads((REPOS / "custom-java" / "codeaug.toml").read_text("utf-8"))
    made = native_bench.built("custom-java", custom.BUILD, tmp_path, **table["build"]["custom"])
    tree, deps = made.folder / "tree", made.folder / "deps"
    ready = Prepared(made.project, custom.BUILD, tree, deps, Baseline({LENGTH: 0.1}, {}, 0.1))
    shop = Shop(probe(), ready, made.folder / "scratch", RANGE, "Range.length")
    source = shop.source
    right, wrong, warned, broken = (
        source.replace(old, new).encode()
        for old, new in (
            ("difference + 1", "1 + difference"),
            ("difference + 1", "difference + 2"),
            ("int difference", "java.util.List raw = null; int difference"),
            ("difference + 1", "difference + one"),
        )
    )
    with shop.resident(right, wrong, warned, broken) as runner:
        assert runner.compile(source.encode()).result == Diagnostics(True, (), "")
        assert runner.compile(right).result == Diagnostics(True, (), "")
        assert only_passed(runner.rerun(right, [LENGTH], 60), [LENGTH])
        assert runner.prove(right).result.proved
        assert runner.rerun(wrong, [LENGTH], 60).result.report.failed == (LENGTH,)
        for text in (warned, broken):
            with pytest.raises(HandOver):
                runner.compile(text)
        assert only_passed(runner.rerun(source.encode(), [LENGTH], 60), [LENGTH])
