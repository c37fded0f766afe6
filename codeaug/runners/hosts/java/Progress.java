package codeaug;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What runners tell about tests, passed on to the report at once. `owner` is the test
 * (`pkg.Class#method`) or class (`pkg.Class`) that runs; whatever was executed since the last
 * change of owner belongs to the one before.
 */
public final class Progress {
    private final Report report;
    private final String prefix;
    private final Supplier<byte[]> executed;
    private final Function<byte[], Map<String, BitSet[]>> lines;
    private final Deque<String> owners = new ArrayDeque<>();
    private final Map<String, Integer> files = new HashMap<>();
    private boolean allPassed = true;

    /** `lines` is null where nobody asks which test executes what. */
    public Progress(Report report, String prefix, Supplier<byte[]> executed,
            Function<byte[], Map<String, BitSet[]>> lines) {
        this.report = report;
        this.prefix = prefix;
        this.executed = executed;
        this.lines = lines;
    }

    public synchronized void begin(String owner) {
        attribute();
        owners.push(owner);
    }

    public synchronized void end() {
        attribute();
        owners.pop();
    }

    public synchronized void outcome(String test, String outcome, double seconds, Throwable why) {
        allPassed &= outcome.equals("passed");
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("test", prefix + test);
        line.put("outcome", outcome);
        line.put("seconds", seconds);
        if (why != null) {
            String text = String.valueOf(why);
            line.put("detail", text.substring(0, Math.min(text.length(), 500)));
        }
        report.send(line);
    }

    /** Whether no test had another outcome until now. */
    public synchronized boolean allPassed() {
        return allPassed;
    }

    private void attribute() {
        if (lines == null) {
            return;
        }
        byte[] data = executed.get();
        String owner = owners.peek();
        Map<String, String> found = new LinkedHashMap<>();
        lines.apply(data).forEach((path, both) -> found.put(number(path), ranges(both[0])));
        found.values().removeIf(String::isEmpty);
        if (owner != null && !found.isEmpty()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("owner", prefix + owner);
            line.put("lines", found);
            report.send(line);
        }
    }

    private String number(String path) {
        Integer number = files.get(path);
        if (number == null) {
            number = files.size();
            files.put(path, number);
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("file", path);
            line.put("number", prefix + number);
            report.send(line);
        }
        return prefix + number;
    }

    /** Lines as `3-7,9`. */
    public static String ranges(BitSet lines) {
        StringBuilder text = new StringBuilder();
        for (int from = lines.nextSetBit(0); from >= 0; ) {
            int end = lines.nextClearBit(from);
            text.append(text.length() == 0 ? "" : ",").append(from);
            if (end - 1 > from) {
                text.append('-').append(end - 1);
            }
            from = lines.nextSetBit(end);
        }
        return text.toString();
    }
}
