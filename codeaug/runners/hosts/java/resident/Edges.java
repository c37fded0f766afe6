package codeaug.resident;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Numbers at which those of the other arguments make a step: multiples of a whole one, and what
 * parts the way between two into equal pieces, where sums of doubles round either way.
 */
final class Edges {
    private static final int[] PIECES = {5, 10, 7, 3};
    private static final int MOST_PIECES = 50;
    private static final int SINGLE = 10; // of a number that stands alone

    private final int first;

    /** `first` is the number of the first argument: 1 behind a receiver. */
    Edges(int first) {
        this.first = first;
    }

    Stream<List<Shape>> of(List<Shape> base) {
        List<List<Shape>> all = new ArrayList<>();
        for (int i = first; i < base.size(); i++) {
            Shape shape = base.get(i);
            boolean list = Domain.isList(shape) && !shape.parts.isEmpty();
            Object like = list ? shape.parts.get(0).value : shape.value;
            if (like instanceof Double || like instanceof Float) {
                parted(base, i, like, list, all);
            } else if (!list && isWhole(shape)) {
                multiples(base, i, all);
            }
        }
        return all.stream();
    }

    private void parted(List<Shape> base, int place, Object like, boolean list, List<List<Shape>> all) {
        double[] ends = {0, 1};
        int found = 0;
        int count = -1;
        for (int i = first; i < base.size(); i++) {
            Object value = i == place ? null : base.get(i).value;
            if ((value instanceof Double || value instanceof Float) && found < ends.length) {
                ends[found++] = ((Number) value).doubleValue();
            }
            count = i != place && isWhole(base.get(i)) && count < 0 ? i : count;
        }
        if (found == 1) { // from nothing up to that
            ends = new double[] {0, ends[0]};
        }
        Set<Integer> pieces = new LinkedHashSet<>();
        if (count >= 0) {
            pieces.add(((Number) base.get(count).value).intValue());
        }
        Arrays.stream(PIECES).forEach(pieces::add);
        pieces.removeIf(each -> each < 2 || each > MOST_PIECES);
        for (int each : pieces) {
            List<Shape> input = new ArrayList<>(base);
            if (count >= 0) {
                input.set(count, Shape.of(Values.number(each, base.get(count).value)));
            }
            List<Shape> values = new ArrayList<>();
            for (int k = 0; k <= each; k++) {
                values.add(Shape.of(Values.number(ends[0] + (ends[1] - ends[0]) * k / each, like)));
            }
            if (list) {
                input.set(place, base.get(place).with(values));
                all.add(input);
                continue;
            }
            for (Shape value : values.subList(1, Math.min(values.size() - 1, SINGLE))) {
                List<Shape> single = new ArrayList<>(input);
                single.set(place, value);
                all.add(single);
            }
        }
    }

    private void multiples(List<Shape> base, int place, List<List<Shape>> all) {
        for (int i = first; i < base.size(); i++) {
            if (i == place || !isWhole(base.get(i))) {
                continue;
            }
            long other = ((Number) base.get(i).value).longValue();
            for (long one : new long[] {other, 2 * other, other / 2, other + 1, 2 * other + 1, 3 * other - 1}) {
                List<Shape> input = new ArrayList<>(base);
                input.set(place, Shape.of(Values.exact(one, base.get(place).value)));
                all.add(input);
            }
        }
    }

    private static boolean isWhole(Shape shape) {
        return shape.kind == Shape.Kind.VALUE && (shape.value instanceof Integer || shape.value instanceof Long);
    }
}
