package codeaug.resident;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Which grown inputs are such that the unit is made for them. Nothing but its tests and its words
 * say so: a precondition that all recorded calls keep, or that the Javadoc names, is kept (likely
 * invariants: Ernst et al. 2001).
 */
final class Domain {
    private static final int ENOUGH = 3; // recorded calls from which a relation of two is believed
    private static final Pattern ASCII =
        Pattern.compile("(?i)\\bascii (text|string|only)|\\b(only|plain|pure) ascii\\b");
    private static final Pattern BASIC = Pattern.compile("(?i)\\b(basic (multilingual )?plane|bmp)\\b");
    private static final Pattern NO_NULL =
        Pattern.compile("\\b(not|no|non|none|never|neither|without)[ -](be |is |are )?null\\b");

    private static final Pattern DISTINCT = Pattern.compile("(?i)\\b(?:each|every one) (?:only )?once\\b"
        + "|\\b(?:no|without) (?:duplicates|repetitions?)\\b|\\b(?:distinct|unique|all different)\\b");

    private final About about;
    private final List<List<Shape>> recorded;
    private final List<List<Shape>> failing;
    private final List<Argument> arguments = new ArrayList<>();
    private final List<int[]> ordered = new ArrayList<>();
    private final Invariants invariants;
    private final ByField byField;
    private final Ends ends;
    private final boolean speaksOfNull;
    private final char lastSign;

    /** What holds of one argument. */
    private static final class Argument {
        boolean sorted;
        boolean distinct;
        boolean filled;
        boolean table;
        int width = -1; // of rows that are records; -1 where they are none
        boolean nullable;
        Bounds bounds = Bounds.NONE;
    }

    /**
     * `failing` of the recorded ones end with an exception; `first` is the number of the first argument: 1 behind
     * a receiver, whose class `loader` has.
     */
    Domain(About about, List<List<Shape>> recorded, List<List<Shape>> failing, int first, ClassLoader loader) {
        this.about = about;
        this.failing = failing;
        this.recorded = recorded;
        String words = NO_NULL.matcher(about.words).replaceAll("");
        speaksOfNull = !about.refusesNull && words.matches("(?s).*\\bnulls?\\b.*");
        lastSign = ASCII.matcher(about.words).find() ? '\u007f'
            : BASIC.matcher(about.words).find() ? Character.MIN_HIGH_SURROGATE - 1 : Character.MAX_VALUE;
        List<Shape> receivers = first > 0 ? receivers(recorded) : new ArrayList<>();
        byField = new ByField(about, recorded, loader);
        ends = new Ends(recorded, loader);
        invariants = new Invariants(receivers,
            receivers.isEmpty() ? new ArrayList<>() : Declared.fields(receivers.get(0), loader), about, loader);
        int count = recorded.isEmpty() ? 0 : recorded.get(0).size();
        int numbers = (int) IntStream.range(first, count).filter(this::isNumber).count();
        for (int i = 0; i < count; i++) {
            arguments.add(argument(i, i - first, numbers));
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

    private boolean isNumber(int place) {
        return recorded.stream().anyMatch(input -> input.get(place).value instanceof Number);
    }

    private Argument argument(int place, int number, int numbers) {
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
        made.distinct = isSaidToBe(DISTINCT, name) && lists.stream().allMatch(Invariants::areDistinct);
        made.filled = about.words.matches("(?is).*\\b(non-?empty|not empty|at least one)\\b.*")
            && !lists.isEmpty() && lists.stream().noneMatch(value -> value.parts.isEmpty());
        made.table = about.words.matches("(?is).*(rectangular|(equal|same) length|equally long).*")
            && !lists.isEmpty() && lists.stream().allMatch(Domain::isTable);
        if (isNumber(place)) {
            Bounds bounds = Bounds.of(about, number, numbers);
            made.bounds = values.stream().allMatch(bounds::hold) ? bounds : Bounds.NONE;
        }
        return made;
    }

    /** By a sentence, or a part of one, that names it. */
    private boolean isSaidToBe(Pattern pattern, String name) {
        return !name.isEmpty() && Arrays.stream(about.words.split("[.;]\\s|@(?!param)")).anyMatch(part ->
            pattern.matcher(part).find() && part.matches("(?s).*\\b" + Pattern.quote(name) + "\\b.*"));
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

    /** The length of all rows of all recorded calls; -1 where there are several, or none. */
    int width(int place) {
        Set<Integer> widths = new HashSet<>();
        recorded.forEach(input -> input.get(place).parts.forEach(row -> widths.add(row.parts.size())));
        return widths.size() == 1 ? widths.iterator().next() : -1;
    }

    /** From now on all rows are of that length: the unit reads each of a row's items by its number. */
    void keepWidth(int place) {
        arguments.get(place).width = width(place);
        arguments.get(place).filled |= recorded.stream().map(input -> input.get(place).parts)
            .allMatch(rows -> rows.isEmpty() || rows.size() == width(place)); // a matrix, not records
    }

    boolean mayBeNull(int place) {
        return arguments.get(place).nullable;
    }

    /** Whether items may be it; those in a receiver's fields only by word. */
    boolean mayHoldNull(boolean inReceiver) {
        return !about.refusesNull && (speaksOfNull || !inReceiver && about.asksForNull);
    }

    /** The ends of what a number may be. */
    List<Object> ends(int place) {
        return arguments.get(place).bounds.ends();
    }

    /** The input, or what it must be to be one; null for none. */
    List<Shape> repaired(List<Shape> input) {
        List<Shape> all = new ArrayList<>(input);
        if (!all.stream().allMatch(ends::areInOrder)) {
            return null;
        }
        if (!all.isEmpty()) {
            all.set(0, invariants.sorted(all.get(0)));
            if (!invariants.hold(all.get(0))) {
                return null;
            }
        }
        for (int i = 0; i < all.size(); i++) {
            Argument known = arguments.get(i);
            Shape shape = known.bounds.within(all.get(i));
            if (isList(shape) && known.sorted) {
                shape = sorted(shape, UnaryOperator.identity());
            }
            shape = shape == null ? null : byField.sorted(shape);
            boolean odd = shape == null || isOdd(shape) || isList(shape)
                && (known.filled && shape.parts.isEmpty() || known.distinct && !Invariants.areDistinct(shape)
                    || (known.width < 0 ? known.table && !isTable(shape) : !isOf(shape, known.width)));
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
        return isSorted(list, UnaryOperator.identity());
    }

    static boolean isSorted(Shape list, UnaryOperator<Shape> key) {
        for (int i = 1; i < list.parts.size(); i++) {
            Shape before = key.apply(list.parts.get(i - 1));
            Shape one = key.apply(list.parts.get(i));
            boolean equal = before.value != null && before.value.equals(one.value);
            if (!equal && !isBelow(before, one)) {
                return false;
            }
        }
        return true;
    }

    /** The list, sorted by that of its items; null where it cannot be sorted. */
    static Shape sorted(Shape list, UnaryOperator<Shape> key) {
        if (isSorted(list, key)) {
            return list;
        }
        List<Shape> parts = new ArrayList<>(list.parts);
        try {
            parts.sort((a, b) -> isBelow(key.apply(a), key.apply(b)) ? -1
                : isBelow(key.apply(b), key.apply(a)) ? 1 : 0);
        } catch (IllegalArgumentException e) {
            return null;
        }
        return isSorted(list.with(parts), key) ? list.with(parts) : null;
    }

    @SuppressWarnings("unchecked")
    static boolean isBelow(Shape one, Shape other) {
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

    private static boolean isOf(Shape list, int width) {
        return list.parts.stream().allMatch(row -> isList(row) && row.parts.size() == width);
    }

    private static boolean isMore(Object one, Object other) {
        return ((Number) one).doubleValue() > ((Number) other).doubleValue();
    }

    private boolean isOrdered(int one, int other, int first, int second) {
        Set<String> pairs = new HashSet<>();
        Set<Object> lows = new HashSet<>();
        Set<Object> highs = new HashSet<>();
        boolean differ = false;
        for (List<Shape> input : recorded) {
            Shape a = input.get(one);
            Shape b = input.get(other);
            if (!(a.value instanceof Number) || !(b.value instanceof Number) || isBelow(b, a)) {
                return false;
            }
            pairs.add(a.value + " " + b.value);
            differ |= isBelow(a, b);
            if (!failing.contains(input)) {
                lows.add(a.value);
                highs.add(b.value);
            }
        }
        String low = name(first);
        String high = name(second);
        boolean said = !low.isEmpty() && !high.isEmpty() && Pattern.compile("\\b" + Pattern.quote(low)
            + "\\W+(is |must be )?(not (above|after|greater than|more than)|at most|<=) ?" + Pattern.quote(high)
            + "\\b").matcher(about.words).find();
        // one number says nothing of two, nor do small ones beside great ones
        boolean vary = lows.size() > 1 && highs.size() > 1
            && highs.stream().anyMatch(least -> lows.stream().anyMatch(most -> isMore(most, least)));
        return said || differ && (vary && pairs.size() >= ENOUGH || Ends.are(low, high));
    }
}
