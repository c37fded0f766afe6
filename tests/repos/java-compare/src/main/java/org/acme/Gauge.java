package org.acme;

import java.util.*;

/** Small units, each for an edge of what may be in an argument or in a field. */
public class Gauge {
    private final Map<String, Integer> stock = new TreeMap<>();
    private final Map<String, Integer> limits;
    private double last;
    private double total;

    public Gauge(Map<String, Integer> limits) {
        this.limits = limits;
    }

    public static long letters(String text) {
        return text.codePoints().filter(Character::isLetter).count();
    }

    /** The largest; of equal ones the first. */
    public static double peak(double[] values) {
        double peak = values[0];
        for (double value : values) {
            peak = value > peak ? value : peak;
        }
        return peak;
    }

    /** The price of a path or of the nearest folder above it; the last one is "/". */
    public static int price(Map<String, Integer> prices, String path) {
        String at = path;
        while (!prices.containsKey(at) && !at.equals("/")) {
            at = at.lastIndexOf('/') <= 0 ? "/" : at.substring(0, at.lastIndexOf('/'));
        }
        return prices.getOrDefault(at, 0);
    }

    public static int[] bins(double[] values, double low, double high, int bins) {
        int[] counts = new int[bins];
        for (double value : values) {
            counts[Math.max(0, Math.min((int) ((value - low) / (high - low) * bins), bins - 1))]++;
        }
        return counts;
    }

    public static int pages(int items, int each) {
        return items / each + 1;
    }

    /** The day of a time in minutes, which is negative before the first one. */
    public static int day(int minutes) {
        return Math.floorDiv(minutes, 1440);
    }

    public static long capped(long number, long most) {
        if (most < 0) {
            throw new IllegalArgumentException("most " + most);
        }
        return Math.min(number, most);
    }

    /** The part of the cents that falls on the days used, rounded down; the period is positive. */
    public static long share(long cents, int usedDays, int periodDays) {
        return Math.floorDiv(cents * usedDays, periodDays);
    }

    /** @throws IllegalArgumentException when the size is not positive */
    public static int half(int size) {
        if (size <= 0) {
            throw new IllegalArgumentException("size " + size);
        }
        return size / 2;
    }

    /** The spans, those that touch as one. */
    public static List<int[]> joined(List<int[]> spans) {
        List<int[]> all = new ArrayList<>();
        for (int[] span : spans) {
            int[] copy = span.clone();
            if (all.isEmpty() || all.get(all.size() - 1)[1] != span[0]) {
                all.add(copy);
            } else {
                all.get(all.size() - 1)[1] = span[1];
            }
        }
        return all;
    }

    public void read(double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException("value " + value);
        }
        if (value >= last) {
            total += value - last;
        } else {
            total += value;
        }
        last = value;
    }

    /** Seconds to bill: the first ones in full, then by steps begun. */
    public static int billed(int seconds, int first, int step) {
        if (seconds < 0 || first < 0 || step <= 0) {
            throw new IllegalArgumentException("step " + step);
        }
        return seconds == 0 ? 0 : seconds <= first ? first : first + (seconds - first + step - 1) / step * step;
    }

    record Call(String from, long start) { }

    /** Two logs, each sorted by start, become one; of calls with the same start the first log's come first. */
    static List<Call> merged(List<Call> one, List<Call> other) {
        List<Call> all = new ArrayList<>();
        int i = 0;
        for (Call call : other) {
            while (i < one.size() && one.get(i).start() <= call.start()) {
                all.add(one.get(i++));
            }
            all.add(call);
        }
        all.addAll(one.subList(i, one.size()));
        return all;
    }

    /** The key of the greatest level, of equal ones (0.0 and -0.0 are equal) the first. */
    static String strongest(Map<String, Double> levels) {
        String best = "";
        double top = Double.NEGATIVE_INFINITY;
        for (Map.Entry<String, Double> entry : levels.entrySet()) {
            if (entry.getValue() > top) {
                best = entry.getKey();
                top = entry.getValue();
            }
        }
        return best;
    }

    /** The zone of a number or of what it begins with; a null zone is none. */
    static String zone(Map<String, String> zones, String number) {
        for (int end = number.length(); end > 0; end--) {
            String key = number.substring(0, end);
            if (zones.get(key) != null) {
                return zones.get(key);
            }
        }
        return "none";
    }

    public double total() {
        return total;
    }

    public void deliver(List<String> parts) {
        for (String part : new LinkedHashSet<>(parts)) {
            stock.merge(part, 1, Integer::sum);
        }
    }

    public String first() {
        return limits.keySet().iterator().next();
    }
}
