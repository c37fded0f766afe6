package codeaug.resident;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What holds of the fields of all recorded receivers, on which their methods may rely: that a list
 * is sorted, that a reference is null where a number is 0 and nowhere else; that a number which nobody
 * hands to the class is finite; and what the class sees to (see Upkeep).
 */
final class Invariants {
    private static final int ENOUGH = 2; // neighbours in order from which it is believed

    private final List<Predicate<Shape>> all = new ArrayList<>();
    private final Map<Integer, Integer> keys = new HashMap<>(); // of fields that are sorted by a field of their items

    /** `receivers` are objects of one class, whose `declared` fields are known or not. */
    Invariants(List<Shape> receivers, List<Field> declared, About about, ClassLoader loader) {
        for (int i = 0; !receivers.isEmpty() && i < Math.min(declared.size(), receivers.get(0).parts.size()); i++) {
            int field = i;
            String name = declared.get(i).getName();
            if (about.finite.contains(About.field(declared.get(i)))) {
                keep(receivers, each -> isFinite(each.parts.get(field)));
            }
            about.sorted.stream().filter(said -> said.startsWith(name + " ")).forEach(said ->
                keepSorted(receivers, field, said.substring(name.length() + 1), loader));
            if (about.distinct.contains(name)) {
                keep(receivers, each -> areDistinct(each.parts.get(field)));
            }
            keep(receivers, each -> size(each.parts.get(field)) <= most(about, declared.get(field), each, declared));
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

    /** By what `getter` gives, where it is called as a field is and all of them are. */
    private void keepSorted(List<Shape> receivers, int field, String getter, ClassLoader loader) {
        List<Shape> items = new ArrayList<>();
        receivers.forEach(each -> items.addAll(each.parts.get(field).parts));
        if (items.isEmpty() || items.get(0).kind != Shape.Kind.OBJECT) {
            return;
        }
        List<Field> known = Declared.fields(items.get(0), loader);
        for (int i = 0; i < known.size(); i++) {
            int key = i;
            String name = known.get(i).getName();
            if ((name.equals(getter) || ("get" + name).equalsIgnoreCase(getter)) && receivers.stream().allMatch(
                    each -> Domain.isSorted(each.parts.get(field), item -> item.parts.get(key)))) {
                keys.put(field, key);
            }
        }
    }

    /** What holds of all of them. */
    private void keep(List<Shape> receivers, Predicate<Shape> holds) {
        if (receivers.stream().allMatch(holds)) {
            all.add(holds);
        }
    }

    /** The receiver with lists in the order in which its class keeps them. */
    Shape sorted(Shape receiver) {
        List<Shape> parts = new ArrayList<>(receiver.parts);
        keys.forEach((field, key) -> {
            boolean whole = parts.get(field).parts.stream().allMatch(item -> item.parts.size() > key);
            Shape list = whole ? Domain.sorted(parts.get(field), item -> item.parts.get(key)) : null;
            parts.set(field, list == null ? parts.get(field) : list);
        });
        return keys.isEmpty() ? receiver : receiver.with(parts);
    }

    static boolean areDistinct(Shape list) {
        return !Domain.isList(list) || list.parts.stream().noneMatch(part -> part.kind == Shape.Kind.SAME) && new HashSet<>(Recorder.texts(list.parts)).size() == list.parts.size();
    }

    private static int size(Shape container) {
        return container.kind == Shape.Kind.MAP ? container.parts.size() / 2 : container.parts.size();
    }

    /** How many a field of the receiver may hold; infinite where nothing limits it. */
    static double most(About about, Field field, Shape receiver, List<Field> declared) {
        return about.limits.stream().filter(limit -> limit.startsWith(field.getName() + " "))
            .mapToDouble(limit -> most(limit, receiver, declared)).min().orElse(Double.POSITIVE_INFINITY);
    }

    /** As many as `FIELD NUMBER` or `FIELD OTHER` allows. */
    private static double most(String limit, Shape receiver, List<Field> declared) {
        String said = limit.substring(limit.indexOf(' ') + 1);
        if (said.matches("\\d{1,9}")) {
            return Integer.parseInt(said);
        }
        for (int i = 0; i < Math.min(declared.size(), receiver.parts.size()); i++) {
            Object value = receiver.parts.get(i).value;
            if (declared.get(i).getName().equals(said) && value instanceof Number) {
                return ((Number) value).doubleValue();
            }
        }
        return Double.POSITIVE_INFINITY;
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
