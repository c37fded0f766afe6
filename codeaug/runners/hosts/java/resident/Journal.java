package codeaug.resident;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What things that are lent to one call were asked to do, in their order, and which of that fails. */
final class Journal {
    private static final int MOST = 1000;
    static final String SCRIPTED = "scripted ";
    /** What a script says of what does not fail, but calls the unit while that works. */
    static final String AGAIN = "calls it again";
    private static volatile Journal present = new Journal();

    private final List<Shape> notes = new ArrayList<>();
    private final List<String> kinds = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private String script = "";
    private Runnable again;

    private Journal() {}

    /** Forgets those of the last call. */
    static void begin() {
        present = new Journal();
    }

    /** `again` calls the unit once more, on the same receiver. */
    void expect(Runnable again) {
        this.again = again;
    }

    /** Once in a call of the unit, whatever comes of it. */
    void callAgain() {
        Runnable todo = again;
        again = null;
        if (todo != null) {
            todo.run();
        }
    }

    /** That of the present call, in which this fails: `write 2, close 1`. */
    static Journal of(String script) {
        present.script = script;
        return present;
    }

    static Journal present() {
        return present;
    }

    synchronized List<Shape> notes() {
        return new ArrayList<>(notes);
    }

    /** The kinds of what was done. */
    synchronized List<String> kinds() {
        return new ArrayList<>(kinds);
    }

    boolean fails() {
        return !script.isEmpty();
    }

    /** Of one of the kinds `write`, `flush`, `close`, `call`: raises `failure` where it is its turn. */
    void note(String kind, String what, Class<?> failure) {
        String turn;
        synchronized (this) {
            turn = kind + " " + counts.merge(kind, 1, Integer::sum);
            if (notes.size() < MOST) {
                kinds.add(kind);
                notes.add(Shape.of(what));
            }
        }
        if (script.equals(AGAIN)) {
            callAgain();
        }
        if (Arrays.asList(script.split(", ")).contains(turn)) {
            Journal.<RuntimeException>raise(raised(failure, SCRIPTED + turn));
        }
    }

    private static Throwable raised(Class<?> failure, String words) {
        try {
            return Function.raised(failure, false, words);
        } catch (ReflectiveOperationException e) {
            return new IllegalStateException(words);
        }
    }

    /** Also what the method's signature does not name. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable what) throws T {
        throw (T) what;
    }
}
