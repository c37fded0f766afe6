package codeaug.resident;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** Inputs that grow from recorded ones: boundaries, neighbours, constants of the code. */
final class Grown {
    private final List<Object> constants;
    private final int first;

    /** `first` is the number of the first argument: 1 behind a receiver, which is left as it is. */
    Grown(List<Object> constants, int first) {
        this.constants = constants;
        this.first = first;
    }

    /** Hands each new input to `taker` until that returns false. */
    void from(List<List<Shape>> recorded, Predicate<List<Shape>> taker) {
        for (List<Shape> input : recorded) {
            for (int i = first; i < input.size(); i++) {
                for (Shape other : others(input.get(i), true)) {
                    if (!taker.test(with(input, i, other))) {
                        return;
                    }
                }
            }
        }
        Random random = new Random(0);
        for (int n = 0; n < 1000 && !recorded.isEmpty(); n++) {
            List<Shape> input = recorded.get(random.nextInt(recorded.size()));
            for (int i = first; i < input.size(); i++) {
                List<Shape> others = others(input.get(i), true);
                if (!others.isEmpty() && random.nextInt(3) > 0) {
                    input = with(input, i, others.get(random.nextInt(others.size())));
                }
            }
            if (!taker.test(input)) {
                return;
            }
        }
    }

    private static List<Shape> with(List<Shape> input, int number, Shape other) {
        List<Shape> changed = new ArrayList<>(input);
        changed.set(number, other);
        return changed;
    }

    private List<Shape> others(Shape shape, boolean deep) {
        switch (shape.kind) {
            case VALUE:
                return values(shape.value);
            case ARRAY:
            case LIST:
                return elements(shape, deep);
            case SET:
            case MAP:
                return Arrays.asList(Shape.NULL, shape.with(Collections.<Shape>emptyList()));
            case NULL:
                return Collections.emptyList();
            default:
                return Collections.singletonList(Shape.NULL);
        }
    }

    private List<Shape> elements(Shape shape, boolean deep) {
        List<Shape> all = new ArrayList<>();
        int size = shape.parts.size();
        boolean shared = !shape.parts.stream().allMatch(part -> part.parts.isEmpty()
            && part.kind != Shape.Kind.SAME);
        all.add(Shape.NULL);
        all.add(shape.with(Collections.<Shape>emptyList()));
        if (size == 0 || shared) { // numbers of objects met before would be wrong
            return all;
        }
        List<Shape> longer = new ArrayList<>(shape.parts);
        longer.add(shape.parts.get(size - 1));
        List<Shape> turned = new ArrayList<>(shape.parts);
        Collections.reverse(turned);
        all.add(shape.with(shape.parts.subList(0, size - 1)));
        all.add(shape.with(shape.parts.subList(1, size)));
        all.add(shape.with(longer));
        all.add(shape.with(turned));
        for (int i = 0; deep && i < Math.min(size, 3); i++) {
            for (Shape other : others(shape.parts.get(i), false)) {
                boolean fits = other.kind != Shape.Kind.NULL || shape.kind != Shape.Kind.ARRAY
                    || shape.type.contains(".");
                if (fits) {
                    all.add(shape.with(i, other));
                }
            }
        }
        return all;
    }

    private List<Shape> values(Object value) {
        Set<Object> all = new LinkedHashSet<>();
        for (Object constant : constants) {
            if (constant instanceof Integer && value instanceof Character) {
                all.add((char) (int) (Integer) constant);
            } else if (constant.getClass() == value.getClass()) {
                all.add(constant);
            } else if (constant instanceof Number && value instanceof Number) {
                all.add(number(((Number) constant).doubleValue(), value));
            }
        }
        if (value instanceof Boolean) {
            all.add(!(Boolean) value);
        } else if (value instanceof Character) {
            char c = (Character) value;
            all.addAll(Arrays.asList((char) (c + 1), (char) (c - 1), 'a', 'A', '0', ' ', '\0', '\uffff', '\u00e9'));
        } else if (value instanceof String) {
            strings((String) value, all);
        } else if (value instanceof Double || value instanceof Float) {
            double d = ((Number) value).doubleValue();
            for (double one : new double[] {0.0, -0.0, 1, -1, -d, d + 1, d / 2, Double.NaN,
                Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE, Double.MIN_VALUE}) {
                all.add(number(one, value));
            }
        } else {
            whole(((Number) value).longValue(), value, all);
        }
        all.remove(value);
        List<Shape> shapes = new ArrayList<>();
        all.forEach(one -> shapes.add(Shape.of(one)));
        if (value instanceof String) {
            shapes.add(Shape.NULL);
        }
        return shapes;
    }

    private static void whole(long n, Object like, Set<Object> all) {
        for (long one : new long[] {0, 1, -1, n - 1, n + 1, -n, 2, 10}) {
            all.add(exact(one, like));
        }
        boolean wide = like instanceof Long;
        all.add(wide ? (Object) Long.MAX_VALUE : exact(like instanceof Integer ? Integer.MAX_VALUE
            : like instanceof Short ? Short.MAX_VALUE : Byte.MAX_VALUE, like));
        all.add(wide ? (Object) Long.MIN_VALUE : exact(like instanceof Integer ? Integer.MIN_VALUE
            : like instanceof Short ? Short.MIN_VALUE : Byte.MIN_VALUE, like));
    }

    private static Object exact(long n, Object like) {
        return like instanceof Long ? (Object) n : like instanceof Integer ? (Object) (int) n
            : like instanceof Short ? (Object) (short) n : (Object) (byte) n;
    }

    private static Object number(double n, Object like) {
        return like instanceof Double ? (Object) n : like instanceof Float ? (Object) (float) n
            : exact((long) n, like);
    }

    private static void strings(String text, Set<Object> all) {
        all.addAll(Arrays.asList("", text + "a", text + text, text.toUpperCase(), text.toLowerCase(),
            " " + text, text + "\u00e9", "\ud83d\ude00" + text, text + "\n", "0"));
        if (!text.isEmpty()) {
            all.add(text.substring(1));
            all.add(text.substring(0, text.length() - 1));
        }
    }
}
