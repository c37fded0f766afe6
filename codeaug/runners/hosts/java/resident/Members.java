package codeaug.resident;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Texts that the unit's signs make, each alone and as something that another argument holds. */
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
                for (String text : values.arranged((String) base.get(i).value)) {
                    List<Shape> alone = new ArrayList<>(base);
                    alone.set(i, Shape.of(text));
                    all.add(alone);
                    holders(alone, i, all);
                }
            }
        }
        return all.stream();
    }

    private static void holders(List<Shape> input, int number, List<List<Shape>> all) {
        for (int i = 0; i < input.size(); i++) {
            Shape holder = i == number ? null : holding(input.get(i), input.get(number), 0);
            if (holder != null) {
                List<Shape> held = new ArrayList<>(input);
                held.set(i, holder);
                all.add(held);
            }
        }
    }

    /** What holds values of the class, with this one; null where nothing does. */
    private static Shape holding(Shape shape, Shape value, int depth) {
        boolean map = shape.kind == Shape.Kind.MAP;
        boolean items = map || shape.kind == Shape.Kind.SET || shape.kind == Shape.Kind.LIST
            || shape.kind == Shape.Kind.ARRAY;
        if (items && !shape.parts.isEmpty() && shape.parts.get(0).type.equals(value.type)) {
            boolean known = shape.parts.stream().anyMatch(part -> part.text().equals(value.text()));
            List<Shape> parts = new ArrayList<>(shape.parts);
            parts.add(value);
            if (map) {
                parts.add(parts.get(1));
            }
            return known ? null : shape.with(parts);
        }
        for (int i = 0; shape.kind == Shape.Kind.OBJECT && depth < DEEPEST && i < shape.parts.size(); i++) {
            Shape part = holding(shape.parts.get(i), value, depth + 1);
            if (part != null) {
                return shape.with(i, part);
            }
        }
        return null;
    }
}
