package org.acme;

import java.io.BufferedReader;
import java.io.IOException;
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
}
