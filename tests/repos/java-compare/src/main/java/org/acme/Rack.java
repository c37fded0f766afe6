package org.acme;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What hangs in a cloakroom. LocalDate.MAX as a last day means that it may stay. */
public class Rack {
    /** Several may be alike; one without hooks lies on the shelf. */
    public record Coat(String owner, int hooks) {
        public Coat {
            if (hooks < 0) {
                throw new IllegalArgumentException("hooks: " + hooks);
            }
        }
    }

    private final List<Coat> coats = new ArrayList<>();
    private final List<Coat> kept = new ArrayList<>();
    private final Map<String, Integer> visits = new LinkedHashMap<>(16, 0.75f, true);

    public void hang(Coat coat) {
        coats.add(coat);
    }

    /** Takes this very coat down, once. */
    public boolean take(Coat coat) {
        for (int i = 0; i < coats.size(); i++) {
            if (coats.get(i) == coat) {
                coats.remove(i);
                return true;
            }
        }
        return false;
    }

    /** In how many rows of so many hooks they hang, in order. */
    public int rows(int hooks) {
        int rows = 0;
        int used = 0;
        boolean begun = false;
        for (Coat coat : coats) {
            if (begun && used + coat.hooks() > hooks) {
                rows++;
                used = 0;
            }
            used += coat.hooks();
            begun = true;
        }
        return begun ? rows + 1 : rows;
    }

    /** Keeps a coat for longer; the smallest comes first. */
    public int keep(Coat coat) {
        kept.add(coat);
        kept.sort(Comparator.comparing(Coat::hooks));
        return kept.size();
    }

    /** What each of some people pays, half a cent rounded up (towards positive infinity). */
    public static long each(int cents, int people) {
        if (people <= 0) {
            throw new IllegalArgumentException("people: " + people);
        }
        return Math.floorDiv(2L * cents + people, 2L * people);
    }

    public void visit(String owner) {
        visits.merge(owner, 1, Integer::sum);
    }

    /** How often somebody was here; who was asked for last comes last. */
    public int visits(String owner) {
        return visits.containsKey(owner) ? visits.get(owner) : 0;
    }

    /** The number of two digits, or -1. */
    public static int number(String text) {
        return text.matches("[0-9]{2}") ? Integer.parseInt(text) : -1;
    }

    /** The items of "KEY:VALUE/KEY:VALUE"; of a repeated key the first one counts. */
    public static Map<String, String> items(String line) {
        Map<String, String> items = new LinkedHashMap<>();
        for (String item : line.split("/")) {
            String[] parts = item.split(":", 2);
            items.putIfAbsent(parts[0], parts.length > 1 ? parts[1] : "");
        }
        return items;
    }

    /** How many rounds of some hours (one or more) there are between open and close. */
    public static int rounds(int open, int close, int hours) {
        return (close - open) / hours;
    }

    /** Both days are part of it. */
    public record Stay(LocalDate from, LocalDate to) {
    }

    /** For how many days somebody stays. */
    public static long length(Stay stay) {
        return stay.to().toEpochDay() - stay.from().toEpochDay() + 1;
    }

    /** In how many runs of neighbours the hooks are, which are given ascending, each once. */
    public static int runs(int[] hooks) {
        int runs = 0;
        for (int i = 0; i < hooks.length; i++) {
            runs += i == 0 || hooks[i] != hooks[i - 1] + 1 ? 1 : 0;
        }
        return runs;
    }

    /** The days from the first to the last. */
    public static long days(LocalDate first, LocalDate last) {
        return last.toEpochDay() - first.toEpochDay() + 1;
    }
}
