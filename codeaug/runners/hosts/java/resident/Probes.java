package codeaug.resident;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where instrumented classes of the present text note which of their code ran. */
public final class Probes {
    private static Map<String, boolean[]> present = new LinkedHashMap<>();

    private Probes() {}

    /** Called by each instrumented class (JaCoCo's number and name of it) when it first runs. */
    public static synchronized boolean[] of(long id, String name, int count) {
        return present.computeIfAbsent(id + " " + name, n -> new boolean[count]);
    }

    /** Forgets the last text's. */
    static synchronized void clear() {
        present = new LinkedHashMap<>();
    }

    /** `number name` to `0110...`, of every class that ran at all. */
    static synchronized Map<String, String> all() {
        Map<String, String> all = new LinkedHashMap<>();
        present.forEach((key, probes) -> {
            StringBuilder bits = new StringBuilder();
            for (boolean ran : probes) {
                bits.append(ran ? '1' : '0');
            }
            all.put(key, bits.toString());
        });
        return all;
    }
}
