package codeaug.resident;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Texts that the unit's signs make, or part another text into: alone, and as what another argument holds. */
final class Members {
    private static final int DEEPEST = 2;

    private final Values values;
    private final int first;

    /** `first` is the number of the first argument: 1 behind a receiver. */
    Members(Values values, int first) {
        this.values = values;
        this.first = first;
    }

    Stream<List<Shape>> of(List<Shape> base) {
        List<List<Shape>> all = new ArrayList<>();
        for (int i = first; i < base.size(); i++) {
            if (base.get(i).value instanceof String && base.get(i).kind == Shape.Kind.VALUE) {
                for (String part : values.parts((String) base.get(i).value)) {
                    holders(base, i, Shape.of(part), false, all);
                    holders(base, i, Shape.of(part), true, all);
                }
                for (String text : values.arranged((String) base.get(i).value)) {
                    List<Shape> alone = new ArrayList<>(base);
                    alone.set(i, Shape.of(text));
                    all.add(alone);
                    holders(alone, i, alone.get(i), false, all);
                }
            }
        }
        return all.stream();
    }

    /** The value in what the other arguments hold, with what is there; the only key of a map. */
    private void holders(List<Shape> input, int number, Shape value, boolean only, List<List<Shape>> all) {
        for (int i = 0; i < input.size(); i++) {
            Shape holder = i == number ? null : holding(input.get(i), value, only, 0);
            if (holder != null) {
                List<Shape> held = new ArrayList<>(input);
                held.set(i, holder);
                all.add(held);
            }
        }
    }

    /** What holds values of the class, with this one; null where nothing does. */
    private Shape holding(Shape shape, Shape value, boolean only, int depth) {
        boolean map = shape.kind == Shape.Kind.MAP;
        boolean items = map || shape.kind == Shape.Kind.SET || shape.kind == Shape.Kind.LIST
            || shape.kind == Shape.Kind.ARRAY;
        if (items && !shape.parts.isEmpty() && shape.parts.get(0).type.equals(value.type)) {
            if (only) {
                return map ? shape.with(Arrays.asList(value, other(shape.parts))) : null;
            }
            boolean known = shape.parts.stream().anyMatch(part -> part.text().equals(value.text()));
            List<Shape> parts = new ArrayList<>(shape.parts);
            parts.add(value);
            if (map) {
                parts.add(parts.get(1));
            }
            return known ? null : shape.with(parts);
        }
        for (int i = 0; shape.kind == Shape.Kind.OBJECT && depth < DEEPEST && i < shape.parts.size(); i++) {
            Shape part = holding(shape.parts.get(i), value, only, depth + 1);
            if (part != null) {
                return shape.with(i, part);
            }
        }
        return null;
    }

    /** A value of a map that is not its first one. */
    private Shape other(List<Shape> parts) {
        for (int i = 3; i < parts.size(); i += 2) {
            if (!parts.get(i).text().equals(parts.get(1).text())) {
                return parts.get(i);
            }
        }
        Shape first = parts.get(1);
        boolean simple = first.kind == Shape.Kind.VALUE || first.kind == Shape.Kind.BIG;
        return simple ? Shape.of(values.others(first.value).iterator().next()) : first;
    }
}
