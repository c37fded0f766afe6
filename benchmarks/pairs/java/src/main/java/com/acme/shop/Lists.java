package com.acme.shop;

import java.util.*;
import java.util.function.*;
import java.util.stream.*;

/** Lists and what can be done with them; lists may hold null where it says so. */
public final class Lists {
    private Lists() {}

    /** New lists of {@code size} (at least 1) items each, the last perhaps shorter. */
    public static <T> List<List<T>> chunked(List<T> items, int size) {
        List<List<T>> chunks = new ArrayList<>();
        for (int start = 0; start < items.size(); start += size) {
            int end = Math.min(start + size, items.size());
            chunks.add(new ArrayList<>(items.subList(start, end)));
        }
        return chunks;
    }

    /** A new list of the items (perhaps null) without repetitions, in order of first occurrence. */
    public static <T> List<T> distinct(List<T> items) {
        List<T> unique = new ArrayList<>();
        Set<T> seen = new HashSet<>();
        for (T item : items) {
            if (seen.add(item)) {
                unique.add(item);
            }
        }
        return unique;
    }

    /** The first index of {@code wanted} in a sorted array, perhaps with repetitions, or -1. */
    public static int find(int[] sorted, int wanted) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < sorted.length && sorted[low] == wanted ? low : -1;
    }

    /** Takes every item equal to {@code unwanted} (perhaps null) out of the list; how many. */
    public static int removeAll(List<String> items, String unwanted) {
        int before = items.size();
        items.removeIf(item -> Objects.equals(item, unwanted));
        return before - items.size();
    }

    /** Removes the number (not the index) from the list, its first occurrence; whether it was in. */
    public static boolean removeNumber(List<Integer> numbers, int number) {
        for (int i = 0; i < numbers.size(); i++) {
            if (numbers.get(i) == number) {
                numbers.remove(i);
                return true;
            }
        }
        return false;
    }

    /** Turns the array in place to the right by {@code by} (any int). */
    public static void rotate(int[] items, int by) {
        if (items.length == 0) {
            return;
        }
        int shift = Math.floorMod(by, items.length);
        int[] old = items.clone();
        for (int i = 0; i < items.length; i++) {
            items[(i + shift) % items.length] = old[i];
        }
    }

    /** The largest of any ints; throws NoSuchElementException for none. */
    public static int largest(int... values) {
        if (values.length == 0) {
            throw new NoSuchElementException("no values");
        }
        int best = values[0];
        for (int value : values) {
            if (value > best) {
                best = value;
            }
        }
        return best;
    }

    /** Names by their length, in order of first occurrence of each length. */
    public static Map<Integer, List<String>> byLength(List<String> names) {
        Map<Integer, List<String>> groups = new LinkedHashMap<>();
        for (String name : names) {
            groups.computeIfAbsent(name.length(), key -> new ArrayList<>()).add(name);
        }
        return groups;
    }

    /** Sorts a copy by length, equal lengths in the order given. */
    public static List<String> sortedByLength(List<String> names) {
        List<String> copy = new ArrayList<>(names);
        copy.sort(Comparator.comparingInt(String::length));
        return copy;
    }

    /** One supplier an item, each giving its own item. */
    public static List<Supplier<String>> suppliers(String[] items) {
        List<Supplier<String>> suppliers = new ArrayList<>();
        for (String item : items) {
            suppliers.add(() -> item);
        }
        return suppliers;
    }

    /** Keys and values turned round; the last key of several with one value. */
    public static Map<String, String> inverted(Map<String, String> map) {
        Map<String, String> turned = new LinkedHashMap<>();
        for (Map.Entry<String, String> entry : map.entrySet()) {
            turned.put(entry.getValue(), entry.getKey());
        }
        return turned;
    }

    /** How many items (perhaps null) the test accepts, each tested once. */
    public static <T> int count(Collection<T> items, Predicate<T> test) {
        int count = 0;
        for (T item : items) {
            if (test.test(item)) {
                count++;
            }
        }
        return count;
    }

    /** Whether all values are in ascending order, equal ones allowed. */
    public static boolean isSorted(int[] values) {
        for (int i = 1; i < values.length; i++) {
            if (values[i - 1] > values[i]) {
                return false;
            }
        }
        return true;
    }
}
