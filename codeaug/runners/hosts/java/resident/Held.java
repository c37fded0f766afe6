package codeaug.resident;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Inputs whose arguments belong to what another argument holds: all keys of a map in several orders, a collection
 * of the receiver as full as its class lets it be (see Upkeep), with the argument in it and without, or twice.
 */
final class Held {
    private static final int DEEPEST = 2;
    private static final int ORDERED = 3; // keys that are in every order
    private static final int LARGEST = 64;

    private final Side side;
    private final About about;

    Held(Side side, About about) {
        this.side = side;
        this.about = about;
    }

    Stream<List<Shape>> of(List<Shape> base) {
        List<List<Shape>> all = new ArrayList<>();
        for (int i = side.first; i < base.size(); i++) {
            for (int j = 0; j < base.size(); j++) {
                if (i != j && Domain.isList(base.get(i))) {
                    keys(base, i, base.get(j), 0, all);
                }
            }
            if (side.first > 0 && base.get(i).kind == Shape.Kind.SAME) {
                twice(base, base.get(i), all);
            }
            if (side.first > 0 && base.get(i).kind == Shape.Kind.VALUE && base.get(0).kind == Shape.Kind.OBJECT) {
                full(base, base.get(i), all);
            }
        }
        return all.stream();
    }

    /** Where the argument is an item of a list of the receiver: there it is once more, next to it and at the end. */
    private static void twice(List<Shape> base, Shape argument, List<List<Shape>> all) {
        Shape receiver = base.get(0);
        for (int i = 0; i < receiver.parts.size(); i++) {
            Shape list = receiver.parts.get(i);
            for (int at = 0; list.kind == Shape.Kind.LIST && at < list.parts.size(); at++) {
                if (Integer.valueOf(list.parts.get(at).number).equals(argument.value)) {
                    for (int behind : new LinkedHashSet<>(Arrays.asList(at + 1, list.parts.size()))) {
                        List<Shape> items = new ArrayList<>(list.parts);
                        items.add(behind, argument);
                        all.add(Grown.with(base, 0, receiver.with(i, list.with(items))));
                    }
                }
            }
        }
    }

    /** Where all items of a list are keys of a map: all of its keys. */
    private static void keys(List<Shape> base, int place, Shape holder, int depth, List<List<Shape>> all) {
        if (holder.kind == Shape.Kind.MAP) {
            List<Shape> keys = new ArrayList<>();
            for (int i = 0; i < holder.parts.size(); i += 2) {
                keys.add(holder.parts.get(i));
            }
            Shape list = base.get(place);
            if (!list.parts.isEmpty() && Recorder.texts(keys).containsAll(Recorder.texts(list.parts))) {
                orders(keys, 0, order -> all.add(Grown.with(base, place, list.with(order))));
            }
        }
        for (int i = 0; holder.kind == Shape.Kind.OBJECT && depth < DEEPEST && i < holder.parts.size(); i++) {
            keys(base, place, holder.parts.get(i), depth + 1, all);
        }
    }

    private static void orders(List<Shape> keys, int from, java.util.function.Consumer<List<Shape>> taker) {
        if (from >= Math.min(ORDERED, keys.size())) {
            taker.accept(keys);
        }
        for (int i = from; i < Math.min(ORDERED, keys.size()); i++) {
            List<Shape> turned = new ArrayList<>(keys);
            Collections.swap(turned, from, i);
            orders(turned, from + 1, taker);
        }
    }

    private void full(List<Shape> base, Shape argument, List<List<Shape>> all) {
        List<Field> fields = Declared.fields(base.get(0), side.loader);
        for (int i = 0; i < Math.min(fields.size(), base.get(0).parts.size()); i++) {
            Shape list = base.get(0).parts.get(i);
            double most = Domain.isList(list) ? Invariants.most(about, fields.get(i), base.get(0), fields) : LARGEST;
            if (most >= LARGEST) {
                continue;
            }
            List<Shape> others = others(list, argument, (int) most);
            for (int at : new LinkedHashSet<>(Arrays.asList(-1, 0, others.size() / 2, others.size() - 1))) {
                List<Shape> items = new ArrayList<>(others);
                if (at >= 0 && at < items.size()) {
                    items.set(at, argument);
                }
                all.add(Grown.with(base, 0, base.get(0).with(i, list.with(items))));
            }
        }
    }

    /** So many items, none of which is there twice or is the argument. */
    private static List<Shape> others(Shape list, Shape argument, int count) {
        List<Shape> items = new ArrayList<>();
        Set<String> known = new HashSet<>(Collections.singleton(argument.text()));
        for (Shape item : list.parts) {
            if (items.size() < count && known.add(item.text())) {
                items.add(item);
            }
        }
        for (int n = 1; items.size() < count && n <= 2 * LARGEST; n++) {
            Object made = argument.value instanceof String ? argument.value + String.valueOf(n)
                : Values.like(n, argument.value);
            if (made != null && known.add(Shape.of(made).text())) {
                items.add(Shape.of(made));
            }
        }
        return items;
    }
}
