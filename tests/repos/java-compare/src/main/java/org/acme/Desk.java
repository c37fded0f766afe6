package org.acme;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

/** Small units, each for one thing that a comparison has to know. */
public class Desk {
    enum Size { SMALL, LARGE }

    record Point(int x, int y) { }

    private final Map<String, Integer> pieces = new LinkedHashMap<>();

    public Map<String, Integer> pieces() {
        return pieces;
    }

    public List<String> articles() {
        return new ArrayList<>(pieces.keySet());
    }

    public static String head(List<String> names) {
        return names.isEmpty() ? "" : names.get(0);
    }

    public static List<Integer> unique(List<Integer> numbers) {
        return new ArrayList<>(new LinkedHashSet<>(numbers));
    }

    public static BigDecimal rounded(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_EVEN);
    }

    public static LocalDate due(LocalDate day) {
        return day.plusMonths(1);
    }

    public static int price(Size size, Optional<String> coupon) {
        return size == Size.SMALL ? 5 : coupon.isPresent() ? 8 : 10;
    }

    public static Point moved(Point point, int by) {
        return new Point(point.x() + by, point.y());
    }

    public static boolean isSame(String one, String other) {
        return one.equals(other);
    }

    public static String code(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    public static String tried(Supplier<String> action) {
        try {
            return action.get();
        } catch (IllegalStateException e) {
            return action.get();
        }
    }

    public static boolean all(List<Integer> numbers, Predicate<Integer> test) {
        for (Integer number : numbers) {
            if (!test.test(number)) {
                return false;
            }
        }
        return true;
    }

    public static String line(BufferedReader reader) throws IOException {
        try {
            return reader.readLine();
        } finally {
            reader.close();
        }
    }

    public static int three(InputStream in) throws IOException {
        byte[] bytes = new byte[3];
        in.readNBytes(bytes, 0, 3);
        return bytes[2];
    }

    public static String stripped(String text) {
        return text.strip();
    }

    public static long seconds(String text) {
        long days = Long.parseLong(text.substring(0, text.length() - 1));
        return Math.multiplyExact(days, 86400);
    }

    public static String failure(Runnable work) {
        try {
            work.run();
            return "";
        } catch (RuntimeException e) {
            return "failed: " + e.getMessage();
        }
    }

    public static List<Supplier<String>> makers(String[] items) {
        List<Supplier<String>> makers = new ArrayList<>();
        for (String item : items) {
            makers.add(() -> item);
        }
        return makers;
    }

    public static int share(int total, int people) {
        return total / people;
    }

    public static int find(int[] sorted, int wanted) {
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    public static int clamp(int value, int low, int high) {
        return value < low ? low : value > high ? high : value;
    }

    /** The quarter of {@code percent} (0 to 100). */
    public static int quarter(int percent) {
        return percent / 25;
    }

    public static int[] firsts(int[][] rows) {
        int[] firsts = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            firsts[i] = rows[i][0] + rows[i][rows[0].length - 1];
        }
        return firsts;
    }

    public static int cells(int[][] rows) {
        int cells = 0;
        for (int[] row : rows) {
            cells += row.length;
        }
        return cells;
    }

    public static int root(int square) {
        if (square < 0) {
            throw new IllegalArgumentException("negative");
        }
        return (int) Math.sqrt(square);
    }

    public static int size(String text) {
        return Objects.requireNonNull(text).length();
    }

    public static int length(String text) {
        return text.length();
    }

    public static int half(Integer number) {
        return number == null ? 0 : number / 2;
    }

    public static long number(String text) {
        return Long.parseLong(text);
    }

    public static int doubled(int number) {
        if (number > Integer.MAX_VALUE / 2 || number < Integer.MIN_VALUE / 2) {
            throw new ArithmeticException("integer overflow");
        }
        return number * 2;
    }

    public static int paid(int amount) {
        refuseNegative(amount);
        return amount;
    }

    private static void refuseNegative(int amount) {
        if (amount < 0) {
            throw new IllegalArgumentException("negative: " + amount);
        }
    }

    public static int age(int years) {
        if (years < 0) {
            throw new IllegalArgumentException("no age: " + years);
        }
        return years;
    }

    public static void close(List<? extends AutoCloseable> all) throws Exception {
        Exception first = null;
        for (AutoCloseable each : all) {
            try {
                each.close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    public static Iterator<List<Integer>> pairs(List<Integer> numbers) {
        return new Iterator<>() {
            private int start;

            @Override
            public boolean hasNext() {
                return start + 2 <= numbers.size();
            }

            @Override
            public List<Integer> next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return new ArrayList<>(numbers.subList(start, start++ + 2));
            }
        };
    }

    public static IntSupplier counter(int start) {
        int[] next = {start};
        return () -> next[0]++;
    }

    public static void move(int[] from, int[] to) {
        int count = from[0];
        from[0] = 0;
        to[0] += count;
    }

    public static int kinds(Map<String, Integer> counts) {
        List<Integer> kinds = new ArrayList<>();
        for (Integer count : counts.values()) {
            if (kinds.isEmpty() || !kinds.get(kinds.size() - 1).equals(count)) {
                kinds.add(count);
            }
        }
        return kinds.size();
    }

    public static double[] sums(double[][] rows) {
        double[] sums = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (double cell : rows[i]) {
                sums[i] += cell;
            }
        }
        return sums;
    }

    private static final Map<String, Integer> NUMBERS = new HashMap<>();

    public static String numbered(String name) {
        int number = NUMBERS.getOrDefault(name, 0) + 1;
        NUMBERS.put(name, number);
        return name + number;
    }

    private final Deque<Integer> queue = new ArrayDeque<>();

    /** Takes what is not above the limit from the front. */
    public int served(int limit) {
        while (!queue.isEmpty() && queue.peekFirst() <= limit) {
            queue.removeFirst();
        }
        return queue.size();
    }

    public Deque<Integer> queue() {
        return queue;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Desk && ((Desk) other).pieces.equals(pieces);
    }

    @Override
    public int hashCode() {
        return pieces.hashCode();
    }
}
