package codeaug.resident;

import java.util.ArrayList;
import java.util.List;

/** Whether the unit is made for rows of different lengths, or of others: does it fail by accident on some? */
final class Ragged {
    private final Side apart;
    private final Purpose purpose;
    private final List<List<Shape>> recorded;

    /** `apart` is a side that nobody else asks. */
    Ragged(Side apart, Purpose purpose, List<List<Shape>> recorded) {
        this.apart = apart;
        this.purpose = purpose;
        this.recorded = recorded;
    }

    boolean isRefused(int place) {
        for (List<Shape> input : recorded) {
            List<Shape> rows = input.get(place).parts;
            for (int i = 0; i < rows.size(); i++) {
                if (!rows.get(i).parts.isEmpty() && isRefused(input, place, i)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isRefused(List<Shape> input, int place, int number) {
        Shape rows = input.get(place);
        return fails(input, place, rows.with(number, shorter(rows.parts.get(number))));
    }

    /** Whether it fails where all rows lack their last item: then they are records, not rows of a table. */
    boolean areShortRefused(int place) {
        return recorded.stream().anyMatch(input -> {
            List<Shape> rows = new ArrayList<>(input.get(place).parts);
            rows.replaceAll(Ragged::shorter);
            return !rows.isEmpty() && fails(input, place, input.get(place).with(rows));
        });
    }

    private static Shape shorter(Shape row) {
        return row.with(row.parts.subList(0, row.parts.size() - 1));
    }

    private boolean fails(List<Shape> input, int place, Shape rows) {
        List<Shape> odd = new ArrayList<>(input);
        odd.set(place, rows);
        try {
            Throwable thrown = apart.call(odd).thrown;
            return thrown != null && !purpose.isMeant(thrown);
        } catch (NoCopy | ReflectiveOperationException | RuntimeException | OutOfMemoryError e) {
            return true;
        }
    }
}
