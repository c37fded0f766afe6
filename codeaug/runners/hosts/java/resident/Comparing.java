package codeaug.resident;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Supplier;

/**
 * The unit of the unchanged text and of another on the same inputs: value and exact type,
 * exception, changed arguments and receiver, output. The unchanged one is asked twice, in loaders
 * of its own: what differs from itself cannot be compared.
 */
final class Comparing implements Runnable {
    private static final long CALL = 5_000_000_000L; // ns; a call that takes longer ends a comparison
    private static final long GROWN_CALL = 1_500_000_000L;
    private static final int MOST = 3000;
    private static final int FEWEST = 10; // inputs, where there was no time for the others
    private static final int ELSEWHERE = 150; // inputs that are tried in other surroundings, too
    private static final int ROUNDS = 3; // of recorded calls, where class variables remember them
    private static final int LAST = 5; // part of the time that long lists and vast numbers have
    private static final int SLOWER_BY = 5; // times the unchanged one before a call is endless
    private static final Locale ODD_LOCALE = new Locale("tr", "TR"); // where i and I are two letters
    private static final TimeZone ODD_ZONE = TimeZone.getTimeZone("Pacific/Chatham");

    private final String[] unit;
    private final Supplier<ClassLoader> unchanged;
    private final Supplier<ClassLoader> changed;
    private final List<List<Shape>> recorded;
    private final List<Object> constants;
    private final About about;
    private final long deadline;
    private final Set<String> known = new HashSet<>();
    private final Side[] sides = new Side[3];
    private final List<List<Shape>> compared = new ArrayList<>();
    private final List<List<Shape>> failing = new ArrayList<>(); // recorded ones that end with an exception
    private Domain domain;
    private Purpose purpose;

    /** Written here, read when this has ended or is given up. */
    volatile int inputs;
    volatile String difference = "";
    volatile String witness = "";
    volatile String problem = "";
    /** When the present call began. */
    volatile long began = System.nanoTime();
    /** The input on which the other text is asked, in what surroundings; null before. */
    private volatile List<Shape> asked;
    private volatile String where = "";
    private volatile Side.Outcome expected;
    /** How long the unchanged one took. */
    private volatile long usual;
    private int smallest = Integer.MAX_VALUE;
    private String refused = "";
    /**
     * The unit is called while it works: then a value taken a statement earlier or later is another, which few
     * would call a difference; that it breaks off is one.
     */
    private boolean breaksOnly;

    /** `unit`: class, method (`<init>`), descriptor. */
    Comparing(String[] unit, Supplier<ClassLoader> unchanged, Supplier<ClassLoader> changed,
            List<List<Shape>> recorded, List<Object> constants, About about, long deadline) {
        this.unit = unit;
        this.unchanged = unchanged;
        this.changed = changed;
        this.recorded = recorded;
        this.constants = constants;
        this.about = about;
        this.deadline = deadline;
    }

    @Override
    public void run() {
        try {
            sides[0] = new Side(unchanged.get(), unit);
            sides[1] = new Side(unchanged.get(), unit);
            sides[2] = new Side(changed.get(), unit);
            if (unit[1].equals("equals") && unit[2].equals("(Ljava/lang/Object;)Z")) {
                about.nullable.add("0"); // by its contract
            }
            purpose = new Purpose(about, Recorder.raised(), sides[0]::isOwn);
            boolean all = takeRecorded();
            long last = deadline - (deadline - System.nanoTime()) / LAST;
            domain = new Domain(about, recorded, failing, sides[0].first, sides[0].loader);
            if (all) {
                takeAgain();
                if (!domain.tables().isEmpty()) {
                    Ragged ragged = new Ragged(new Side(unchanged.get(), unit), purpose, recorded);
                    domain.tables().stream().filter(ragged::isRefused).forEach(domain::keepTable);
                    domain.tables().stream().filter(place -> domain.width(place) > 0 && ragged.areShortRefused(place))
                        .forEach(domain::keepWidth);
                }
                Lending lending = new Lending(sides[0], about);
                lending.over(Grown.some(recorded, failing), sides[2], input -> take(input, false));
                breaksOnly = true;
                lending.again(Grown.some(recorded, failing)).forEach(input -> take(input, false));
                breaksOnly = false;
                new Grown(constants, domain, about, sides[0], recorded, last).from(recorded, failing,
                    input -> take(input, false));
                elsewhere();
            }
            if (System.nanoTime() >= last) {
                refuseFew();
            }
            if (inputs == 0 && problem.isEmpty()) {
                problem = "no input whose answer can be looked into" + refused;
            }
        } catch (NoCopy | ReflectiveOperationException | LinkageError e) {
            problem = "the unit cannot be called: " + e;
        }
    }

    /** To be called when the present call is given up: a text that never answers is another. */
    void giveUp() {
        List<Shape> input = asked;
        boolean vast = input != null && !recorded.contains(input) && Grown.isVast(input);
        if (input != null && !vast && System.nanoTime() - began > SLOWER_BY * usual) {
            difference = where + cut(call(input)) + ": does not end, the original: " + cut(expected.shown());
            witness = "";
        } else if (inputs == 0) {
            problem = "its calls take too long";
        } else {
            refuseFew();
        }
    }

    /** Where there was no time for more, a handful of inputs is no comparison. */
    private void refuseFew() {
        if (inputs < FEWEST && difference.isEmpty() && problem.isEmpty()) {
            problem = "only " + inputs + " inputs were compared in time";
        }
    }

    /** Whether the present call has had its time; on grown inputs the unchanged text gets less. */
    boolean isLate() {
        long most = asked == null && inputs > recorded.size() ? GROWN_CALL : CALL;
        return System.nanoTime() - began > most;
    }

    private boolean takeRecorded() {
        for (int i = 0; i < recorded.size(); i++) {
            if (!take(recorded.get(i), true)) {
                if (difference.isEmpty() && problem.isEmpty() && i + 1 < recorded.size()) {
                    problem = "only " + (i + 1) + " of " + recorded.size()
                        + " recorded calls were compared in time";
                }
                return false;
            }
        }
        return true;
    }

    /** Recorded calls some times more, as long as the unchanged text agrees with itself. */
    private void takeAgain() {
        if (sides[0].variables.isEmpty()) {
            return;
        }
        for (Side side : sides) {
            side.tellsVariables = true;
        }
        try {
            for (int i = 0; i < ROUNDS * recorded.size() && System.nanoTime() < deadline; i++) {
                List<Shape> input = recorded.get(i % recorded.size());
                asked = null;
                Side.Outcome first = timed(sides[0], input);
                if (!first.text().equals(timed(sides[1], input).text())) {
                    break;
                }
                judge(input, first, first.text(), "after other calls: ");
            }
        } catch (NoCopy | ReflectiveOperationException | RuntimeException | OutOfMemoryError e) {
            return; // what cannot be looked into says nothing
        } finally {
            for (Side side : sides) {
                side.tellsVariables = false;
            }
        }
    }

    /** Whether to go on. */
    private boolean take(List<Shape> input, boolean isRecorded) {
        if (!known.add(String.valueOf(Recorder.texts(input)))) {
            return true;
        }
        Side.Outcome first;
        Side.Outcome again;
        asked = null;
        try {
            first = timed(sides[0], input);
            if (!isRecorded && (!isMadeFor(input, first) || breaksOnly && first.thrown != null)) {
                return System.nanoTime() < deadline;
            }
            again = timed(sides[1], input);
        } catch (NoCopy | ReflectiveOperationException | RuntimeException e) {
            refused = e instanceof NoCopy ? ": " + e.getMessage() : refused;
            return System.nanoTime() < deadline; // what cannot be looked into says nothing
        } catch (OutOfMemoryError e) {
            return !isRecorded;
        }
        String text = first.text();
        if (!text.equals(again.text())) {
            problem = "the unchanged code differs from itself on " + cut(call(input));
            difference = "";
            return false;
        }
        judge(input, first, text, "");
        if (!breaksOnly) {
            compared.add(input);
        }
        if (isRecorded && first.thrown != null) {
            failing.add(input);
        }
        return inputs < MOST && System.nanoTime() < deadline;
    }

    private Side.Outcome timed(Side side, List<Shape> input) throws NoCopy, ReflectiveOperationException {
        began = System.nanoTime();
        try {
            return side.call(input);
        } finally {
            usual = System.nanoTime() - began;
        }
    }

    private boolean isMadeFor(List<Shape> input, Side.Outcome outcome) {
        if (outcome.thrown != null) {
            return purpose.isMeant(outcome.thrown);
        }
        for (int i = sides[0].first; i < input.size(); i++) {
            if (input.get(i).kind == Shape.Kind.NULL && !domain.mayBeNull(i)) {
                return false;
            }
        }
        return true;
    }

    /** Asks the other text; `where` says in what surroundings. */
    private void judge(List<Shape> input, Side.Outcome first, String text, String where) {
        this.where = where;
        expected = first;
        asked = input;
        began = System.nanoTime();
        String other = "";
        String shown = "runs out of memory";
        boolean hidden = false;
        try {
            Side.Outcome outcome = sides[2].call(input);
            boolean agrees = breaksOnly ? outcome.thrown == null : Lent.flushed(text).equals(outcome.text());
            other = agrees ? text : outcome.text();
            shown = text.equals(other) ? "" : outcome.shown();
            hidden = !text.equals(other) && where.isEmpty() && isSameOfLiterals(input, text);
        } catch (NoCopy | ReflectiveOperationException | RuntimeException e) {
            shown = "gives what cannot be looked into";
        } catch (OutOfMemoryError e) {
            asked = null; // that took its time
        }
        inputs++;
        asked = null;
        String call = text.equals(other) ? "" : call(input);
        if (!text.equals(other) && call.length() < smallest) {
            smallest = call.length();
            difference = where + cut(call) + ": " + cut(shown) + ", the original: " + cut(first.shown())
                + (hidden ? " (where equal texts are not the same object)" : "");
            witness = hidden || !where.isEmpty() ? "" : ReadyTest.of(unit, sides[0], input, first, call);
        }
    }

    /** Whether equal texts being the same object hides the difference, as literals do in a test. */
    private boolean isSameOfLiterals(List<Shape> input, String text) {
        began = System.nanoTime();
        try {
            return sides[2].call(input, true).text().equals(text);
        } catch (NoCopy | ReflectiveOperationException | RuntimeException | OutOfMemoryError e) {
            return false;
        }
    }

    /** Where the unchanged text does the same in another locale and time zone, so must the other. */
    private void elsewhere() {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        List<List<Shape>> some = new ArrayList<>(compared);
        Collections.reverse(some);
        some.sort((a, b) -> Boolean.compare(hasLetterI(b), hasLetterI(a)));
        try {
            for (List<Shape> input : some.subList(0, Math.min(ELSEWHERE, some.size()))) {
                String usually = sides[0].call(input).text();
                Locale.setDefault(ODD_LOCALE);
                TimeZone.setDefault(ODD_ZONE);
                Side.Outcome first = timed(sides[0], input);
                if (first.text().equals(usually) && System.nanoTime() < deadline) {
                    judge(input, first, usually, "where the locale is " + ODD_LOCALE + ": ");
                }
                Locale.setDefault(locale);
                TimeZone.setDefault(zone);
            }
        } catch (NoCopy | ReflectiveOperationException | RuntimeException | OutOfMemoryError e) {
            return; // it was otherwise before: the texts hold state
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private static boolean hasLetterI(List<Shape> shapes) {
        return shapes.stream().anyMatch(shape -> hasLetterI(shape.parts)
            || shape.value instanceof String && ((String) shape.value).toLowerCase(Locale.ROOT).indexOf('i') >= 0);
    }

    private static String cut(String text) {
        return text.length() < 300 ? text : text.substring(0, 300) + "...";
    }

    private String call(List<Shape> input) {
        return ReadyTest.call(unit, sides[0].first, input);
    }
}
