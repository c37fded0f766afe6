package codeaug.resident;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Other lists than a list: shorter and longer ones, with other items, with ties among them. */
final class Items {
    private static final int FEW = 3;

    private final Values values;

    Items(Values values) {
        this.values = values;
    }

    /** Ends of words of bits: one alone, one more, and all up to there. */
    static void positions(Shape shape, List<Shape> all) {
        for (int end : new int[] {63, 64, 127, 0}) {
            List<Shape> more = new ArrayList<>(shape.parts);
            List<Shape> full = new ArrayList<>();
            more.add(Shape.of(end));
            IntStream.rangeClosed(0, end).forEach(i -> full.add(Shape.of(i)));
            all.add(shape.with(Collections.singletonList(Shape.of(end))));
            all.add(shape.with(more));
            all.add(shape.with(full));
        }
    }

    /** A map with ties among its values, or with null under one of its keys. */
    void ofMap(Shape map, boolean mayHoldNull, List<Shape> all) {
        for (int i = 1; mayHoldNull && i < Math.min(map.parts.size(), 2 * FEW); i += 2) {
            all.add(nullable(map).with(i, Shape.NULL));
        }
        Object first = map.parts.isEmpty() ? null : map.parts.get(1).value;
        if (!(first instanceof Double || first instanceof Float || first instanceof BigDecimal)) {
            return;
        }
        for (List<Object> tied : Values.ties(first)) {
            List<Shape> parts = new ArrayList<>();
            for (int i = 0; i < tied.size() && 2 * i < map.parts.size(); i++) {
                parts.add(map.parts.get(2 * i));
                parts.add(Shape.of(tied.get(i)));
            }
            all.add(map.with(parts));
        }
    }

    /** Of a class that takes null. */
    static Shape nullable(Shape map) {
        return map.type.startsWith(Containers.FIXED)
            ? new Shape(map.kind, "java.util.HashMap", null, map.parts, map.number) : map;
    }

    /** In the order in which they are to be tried. */
    void others(Shape shape, List<Shape> all) {
        int size = shape.parts.size();
        all.add(shape.with(Collections.<Shape>emptyList()));
        if (size == 0) {
            return;
        }
        for (List<Object> tied : Values.ties(shape.parts.get(0).value)) {
            List<Shape> parts = new ArrayList<>();
            tied.forEach(one -> parts.add(Shape.of(one)));
            all.add(shape.with(parts));
        }
        List<Shape> longer = new ArrayList<>(shape.parts);
        longer.add(shape.parts.get(size - 1));
        List<Shape> turned = new ArrayList<>(shape.parts);
        Collections.reverse(turned);
        all.add(shape.with(shape.parts.subList(0, size - 1)));
        all.add(shape.with(shape.parts.subList(1, size)));
        all.add(shape.with(shape.parts.subList(0, 1)));
        all.add(shape.with(longer));
        for (int i = 0; i < Math.min(size, FEW); i++) { // that of which there are several
            List<Shape> several = new ArrayList<>(shape.parts);
            several.addAll(i, Collections.nCopies(3, shape.parts.get(i)));
            all.add(shape.with(several));
        }
        List<Shape> around = new ArrayList<>(shape.parts);
        around.add(shape.parts.get(0));
        all.add(shape.with(around));
        all.add(shape.with(turned));
        for (int i = 0; i < Math.min(size, FEW); i++) {
            Shape part = shape.parts.get(i);
            if (part.kind == Shape.Kind.VALUE || part.kind == Shape.Kind.BIG) {
                for (Object other : values.others(part.value)) {
                    all.add(shape.with(i, Shape.of(other)));
                    if (i == 0) {
                        all.add(shape.with(Collections.singletonList(Shape.of(other))));
                    }
                }
            } else if (part.kind == Shape.Kind.ARRAY || part.kind == Shape.Kind.LIST) {
                List<Shape> rows = new ArrayList<>();
                others(part, rows);
                for (Shape row : rows) {
                    all.add(shape.with(i, row));
                }
            }
        }
    }
}
