package codeaug.resident;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which grown inputs are such that the unit is made for them. Nothing but its tests and its words
 * say so: a precondition that all recorded calls keep, or that the Javadoc names, is kept (likely
 * invariants: Ernst et al. 2001).
 */
final class Domain {
    private static final int ENOUGH = 3; // recorded calls from which a relation of two is believed
    private static final String[][] ENDS = {{"low", "high"}, {"lo", "hi"}, {"min", "max"}, {"start", "end"},
        {"from", "to"}, {"lower", "upper"}, {"begin", "end"}, {"first", "last"}, {"left", "right"}};
    private static final Pattern ASCII =
        Pattern.compile("(?i)\\bascii (text|string|only)|\\b(only|plain|pure) ascii\\b");
    private static final Pattern BASIC = Pattern.compile("(?i)\\b(basic (multilingual )?plane|bmp)\\b");
    private static final Pattern NO_NULL =
        Pattern.compile("\\b(not|no|non|none|never|neither|without)[ -](be |is |are )?null\\b");

    private final About about;
    private final List<List<Shape>> recorded;
    private final List<Argument> arguments = new ArrayList<>();
    private final List<int[]> ordered = new ArrayList<>();
    private final Invariants invariants;
    private final boolean speaksOfNull;
    private final char lastSign;

    /** What holds of one argument. */
    private static final class Argument {
        boolean sorted;
        boolean filled;
        boolean table;
        boolean number;
        boolean nullable;
        Bounds bounds = Bounds.NONE;
    }

    /** `first` is the number of the first argument: 1 behind a receiver. */
    Domain(About about, List<List<Shape>> recorded, int first) {
        this.about = about;
        this.recorded = recorded;
        String words = NO_NULL.matcher(about.words).replaceAll("");
        speaksOfNull = words.matches("(?s).*\\bnulls?\\b.*");
        lastSign = ASCII.matcher(about.words).find() ? '\u007f'
            : BASIC.matcher(about.words).find() ? Character.MIN_HIGH_SURROGATE - 1 : Character.MAX_VALUE;
        invariants = new Invariants(first > 0 ? receivers(recorded) : new ArrayList<>());
        int count = recorded.isEmpty() ? 0 : recorded.get(0).size();
        for (int i = 0; i < count; i++) {
            arguments.add(argument(i, i - first));
        }
        for (int i = first; i < count; i++) {
            for (int j = first; j < count; j++) {
                if (i != j && isOrdered(i, j, i - first, j - first)) {
                    ordered.add(new int[] {i, j});
                }
            }
        }
    }

    /** Where they are all of one class that has fields. */
    private static List<Shape> receivers(List<List<Shape>> recorded) {
        List<Shape> all = new ArrayList<>();
        recorded.forEach(input -> all.add(input.get(0)));
        boolean alike = all.stream().allMatch(each -> each.kind == Shape.Kind.OBJECT && isLike(each, all.get(0)));
        return alike ? all : new ArrayList<>();
    }

    private static boolean isLike(Shape one, Shape other) {
        return one.type.equals(other.type) && one.parts.size() == other.parts.size();
    }

    private Argument argument(int place, int number) {
        Argument made = new Argument();
        String name = name(number);
        List<Shape> values = new ArrayList<>();
        recorded.forEach(input -> values.add(input.get(place)));
        boolean function = values.stream().anyMatch(value -> value.kind == Shape.Kind.FUNCTION
            || value.kind == Shape.Kind.KEPT);
        made.nullable = values.contains(Shape.NULL) || number >= 0 && !function && (speaksOfNull
            || about.nullable.contains(String.valueOf(number)));
        List<Shape> lists = new ArrayList<>(values);
        lists.removeIf(value -> !isList(value));
        long longer = lists.stream().filter(value -> value.parts.size() >= ENOUGH).count();
        boolean said = about.words.matches("(?is)(?!whether).*\\b(sorted|ascending)\\b.*")
            || name.toLowerCase().contains("sorted");
        made.sorted = (said && longer > 0 || longer > 1) && lists.stream().allMatch(Domain::isSorted);
        made.filled = about.words.matches("(?is).*\\b(non-?empty|not empty|at least one)\\b.*")
            && !lists.isEmpty() && lists.stream().noneMatch(value -> value.parts.isEmpty());
        made.table = about.words.matches("(?is).*(rectangular|(equal|same) length|equally long).*")
            && !lists.isEmpty() && lists.stream().allMatch(Domain::isTable);
        made.number = values.stream().anyMatch(value -> value.value instanceof Number);
        if (made.number) {
            Bounds bounds = Bounds.of(about, number);
            made.bounds = values.stream().allMatch(bounds::hold) ? bounds : Bounds.NONE;
        }
        return made;
    }

    private String name(int number) {
        return number >= 0 && number < about.names.size() ? about.names.get(number) : "";
    }

    /** Arguments whose rows were all of one length in each call. */
    List<Integer> tables() {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            int place = i;
            boolean always = recorded.stream().map(input -> input.get(place)).filter(Domain::isList)
                .allMatch(Domain::isTable);
            if (always && recorded.stream().anyMatch(input -> isTable(input.get(place)))) {
                all.add(i);
            }
        }
        return all;
    }

    /** From now on rows are of one length: others made it fail. */
    void keepTable(int place) {
        arguments.get(place).table = true;
    }

    boolean mayBeNull(int place) {
        return arguments.get(place).nullable;
    }

    /** Whether items may be it; those in a receiver's fields only by word. */
    boolean mayHoldNull(boolean inReceiver) {
        return speaksOfNull || !inReceiver && about.asksForNull;
    }

    /** The ends of what a number may be. */
    List<Object> ends(int place) {
        return arguments.get(place).bounds.ends();
    }

    /** The input, or what it must be to be one; null for none. */
    List<Shape> repaired(List<Shape> input) {
        List<Shape> all = new ArrayList<>(input);
        if (!all.isEmpty() && !invariants.hold(all.get(0))) {
            return null;
        }
        for (int i = 0; i < all.size(); i++) {
            Argument known = arguments.get(i);
            Shape shape = known.bounds.within(all.get(i));
            if (isList(shape) && known.sorted && !isSorted(shape)) {
                shape = sorted(shape);
            }
            boolean odd = shape == null || isOdd(shape) || isList(shape)
                && (known.filled && shape.parts.isEmpty() || known.table && !isTable(shape));
            if (odd) {
                return null;
            }
            all.set(i, shape);
        }
        for (int[] pair : ordered) {
            Shape low = all.get(pair[0]);
            Shape high = all.get(pair[1]);
            if (isBelow(high, low)) {
                all.set(pair[0], high);
                all.set(pair[1], low);
            }
        }
        return all;
    }

    /** Whether a text has signs that the unit's words exclude. */
    private boolean isOdd(Shape shape) {
        return shape.value instanceof String && ((String) shape.value).chars().anyMatch(c -> c > lastSign);
    }

    // --- what is seen of values -------------------------------------------------------------------

    static boolean isList(Shape shape) {
        return shape != null && (shape.kind == Shape.Kind.ARRAY || shape.kind == Shape.Kind.LIST);
    }

    static boolean isSorted(Shape list) {
        for (int i = 1; i < list.parts.size(); i++) {
            if (!isBelow(list.parts.get(i - 1), list.parts.get(i))
                    && !Objects.equals(list.parts.get(i - 1).value, list.parts.get(i).value)) {
                return false;
            }
        }
        return true;
    }

    private static Shape sorted(Shape list) {
        List<Shape> parts = new ArrayList<>(list.parts);
        try {
            parts.sort((a, b) -> isBelow(a, b) ? -1 : isBelow(b, a) ? 1 : 0);
        } catch (IllegalArgumentException e) {
            return null;
        }
        return isSorted(list.with(parts)) ? list.with(parts) : null;
    }

    @SuppressWarnings("unchecked")
    private static boolean isBelow(Shape one, Shape other) {
        return one != null && other != null && one.value instanceof Comparable && other.value != null
            && one.value.getClass() == other.value.getClass()
            && Comparator.<Comparable<Object>>naturalOrder().compare(
                (Comparable<Object>) one.value, (Comparable<Object>) other.value) < 0;
    }

    private static boolean isTable(Shape list) {
        Set<Integer> lengths = new HashSet<>();
        list.parts.forEach(row -> lengths.add(isList(row) ? row.parts.size() : -1));
        return isList(list) && lengths.size() == 1 && !lengths.contains(-1);
    }

    private boolean isOrdered(int one, int other, int first, int second) {
        Set<String> pairs = new HashSet<>();
        boolean differ = false;
        for (List<Shape> input : recorded) {
            Shape a = input.get(one);
            Shape b = input.get(other);
            if (!(a.value instanceof Number) || !(b.value instanceof Number) || isBelow(b, a)) {
                return false;
            }
            pairs.add(a.value + " " + b.value);
            differ |= isBelow(a, b);
        }
        String low = name(first);
        String high = name(second);
        Predicate<String[]> named = ends -> low.startsWith(ends[0]) && high.startsWith(ends[1])
            && low.substring(ends[0].length()).equals(high.substring(ends[1].length()));
        boolean said = !low.isEmpty() && !high.isEmpty() && Pattern.compile("\\b" + Pattern.quote(low)
            + "\\W+(is |must be )?(not (above|after|greater than|more than)|at most|<=) ?" + Pattern.quote(high)
            + "\\b").matcher(about.words).find();
        return said || differ && (pairs.size() >= ENOUGH || java.util.Arrays.stream(ENDS).anyMatch(named));
    }
}
