package codeaug.resident;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Lists of so many items that their counts are no longer the same object where they are equal. */
final class Many {
    private static final int EACH = 130; // Integer.valueOf keeps those up to 127
    private static final int KINDS = 3;

    private Many() {}

    static Stream<List<Shape>> of(List<Shape> base, int first) {
        List<List<Shape>> all = new ArrayList<>();
        for (int i = first; i < base.size(); i++) {
            Shape list = base.get(i);
            for (int one = 0; Domain.isList(list) && one < Math.min(KINDS, list.parts.size()); one++) {
                for (int other = one + 1; other < Math.min(KINDS, list.parts.size()); other++) {
                    for (boolean numbered : new boolean[] {true, false}) {
                        List<Shape> input = new ArrayList<>(base);
                        input.set(i, list.with(items(list.parts.get(one), list.parts.get(other), numbered)));
                        all.add(input);
                    }
                }
            }
        }
        return all.stream();
    }

    private static List<Shape> items(Shape one, Shape other, boolean numbered) {
        List<Shape> items = new ArrayList<>(Collections.nCopies(EACH, one));
        items.addAll(Collections.nCopies(EACH, other));
        for (int i = 0; numbered && i < items.size(); i++) {
            items.set(i, numbered(items.get(i), i));
        }
        return items;
    }

    /** With other texts than the others. */
    private static Shape numbered(Shape shape, int number) {
        if (shape.kind == Shape.Kind.VALUE && shape.value instanceof String) {
            return shape.with((Object) (shape.value + String.valueOf(number)));
        }
        List<Shape> parts = new ArrayList<>();
        shape.parts.forEach(part -> parts.add(numbered(part, number)));
        return shape.with(parts);
    }
}
