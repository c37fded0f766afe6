package codeaug.resident;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What holds of the fields of all recorded receivers, on which their methods may rely: that a list
 * is sorted, that a reference is null where a number is 0 and nowhere else; that a number which nobody
 * hands to the class is finite.
 */
final class Invariants {
    private static final int ENOUGH = 2; // neighbours in order from which it is believed

    private final List<Predicate<Shape>> all = new ArrayList<>();

    /** `receivers` are objects of one class, whose `declared` fields are known or not. */
    Invariants(List<Shape> receivers, List<Field> declared, About about) {
        for (int i = 0; !receivers.isEmpty() && i < Math.min(declared.size(), receivers.get(0).parts.size()); i++) {
            int field = i;
            Predicate<Shape> finite = each -> isFinite(each.parts.get(field));
            if (about.finite.contains(About.field(declared.get(i))) && receivers.stream().allMatch(finite)) {
                all.add(finite);
            }
        }
        int fields = receivers.isEmpty() ? 0 : receivers.get(0).parts.size();
        for (int i = 0; i < fields; i++) {
            int field = i;
            List<Shape> lists = new ArrayList<>();
            receivers.forEach(each -> lists.add(each.parts.get(field)));
            if (areSorted(lists)) {
                all.add(each -> Domain.isSorted(each.parts.get(field)));
            }
            for (int j = 0; j < fields; j++) {
                int number = j;
                Predicate<Shape> agree = each -> isNull(each, field) == isZero(each, number);
                if (receivers.stream().anyMatch(each -> isNull(each, field))
                        && receivers.stream().anyMatch(each -> !isNull(each, field))
                        && receivers.stream().allMatch(agree)) {
                    all.add(agree);
                }
            }
        }
    }

    private static boolean areSorted(List<Shape> lists) {
        int pairs = lists.stream().mapToInt(each -> Math.max(0, each.parts.size() - 1)).sum();
        return pairs >= ENOUGH && lists.stream().allMatch(each -> Domain.isList(each) && Domain.isSorted(each));
    }

    boolean hold(Shape receiver) {
        return all.stream().allMatch(each -> each.test(receiver));
    }

    private static boolean isFinite(Shape shape) {
        return !(shape.value instanceof Double || shape.value instanceof Float)
            || Double.isFinite(((Number) shape.value).doubleValue());
    }

    private static boolean isNull(Shape object, int field) {
        return object.parts.get(field).kind == Shape.Kind.NULL;
    }

    private static boolean isZero(Shape object, int field) {
        Object value = object.parts.get(field).value;
        return value instanceof Number && ((Number) value).doubleValue() == 0;
    }
}
