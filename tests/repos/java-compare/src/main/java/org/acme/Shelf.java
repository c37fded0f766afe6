package org.acme;

import java.util.*;
import java.util.function.*;

/** Small units, each for one kind of input that the tests do not have. */
public class Shelf {
    enum State { OPEN, PAID, SENT }

    record Order(String buyer, State state) { }

    private final List<String> failures = new ArrayList<>();
    final Map<String, String> notes = new HashMap<>();
    Shelf below;
    private Number level = 1;
    private Iterator<String> waiting = List.of("a", "b").iterator();

    public List<String> failures() {
        return failures;
    }

    public static String found(List<String> known, String path) {
        if (!known.contains(path)) {
            return "unknown";
        }
        return path.startsWith("/") ? "whole" : path.contains("/") ? "part" : "name";
    }

    public static String kind(Object value) {
        return value instanceof CharSequence ? "text" : value instanceof Number ? "number" : "other";
    }

    public static double sum(List<? extends Number> numbers) {
        double sum = 0;
        for (Number number : numbers) {
            sum += number.doubleValue();
        }
        return sum;
    }

    public static String last(Iterable<String> items) {
        String last = "";
        for (String item : items) {
            last = item;
        }
        return last;
    }

    public long whole() {
        return level.longValue();
    }

    public void run(Runnable work) {
        boolean done = false;
        try {
            work.run();
            done = true;
        } finally {
            if (!done) {
                failures.add("failed");
            }
        }
    }

    /** Whether there are as many open orders as paid ones; an order each buyer. */
    public static boolean isEven(List<Order> orders) {
        Map<String, State> states = new HashMap<>();
        orders.forEach(order -> states.put(order.buyer(), order.state()));
        Map<State, Integer> counts = new EnumMap<>(State.class);
        states.values().forEach(state -> counts.merge(state, 1, Integer::sum));
        return Objects.equals(counts.get(State.OPEN), counts.get(State.PAID));
    }

    public static int seats(BitSet taken) {
        int seats = 0;
        for (int i = 0; i < taken.length(); i++) {
            seats += taken.get(i) ? 1 : 0;
        }
        return seats;
    }

    public static List<String> rest(Iterator<String> items) {
        items.next();
        List<String> rest = new ArrayList<>();
        items.forEachRemaining(rest::add);
        return rest;
    }

    public String note(String key) {
        for (Shelf shelf = this; shelf != null; shelf = shelf.below) {
            if (shelf.notes.containsKey(key)) {
                return shelf.notes.get(key).strip();
            }
        }
        return "";
    }

    public static int price(OptionalInt reduced) {
        return reduced.isPresent() ? reduced.getAsInt() : 10;
    }

    public static String label(List<String> words) {
        return String.join("-", words);
    }

    public void fail(Iterator<String> reasons) {
        while (reasons.hasNext()) {
            failures.add(reasons.next());
        }
    }

    /** The greatest; of several the first. */
    public static <T extends Comparable<T>> T most(List<T> items) {
        T most = items.get(0);
        for (T item : items) {
            most = item.compareTo(most) > 0 ? item : most;
        }
        return most;
    }

    public String served() {
        return waiting.hasNext() ? waiting.next() : "nobody";
    }

    /** What the function gives of each, or what it is where the function gives null. */
    public static List<String> given(List<String> words, UnaryOperator<String> function) {
        List<String> all = new ArrayList<>();
        for (String word : words) {
            String given = function.apply(word);
            all.add(given == null ? word : given);
        }
        return all;
    }

    /** The first names, so many at most (0 or more). */
    public static List<String> some(List<String> names, int count) {
        List<String> some = new ArrayList<>();
        for (String name : names) {
            if (some.size() == count) {
                break;
            }
            some.add(name);
        }
        return some;
    }
}
