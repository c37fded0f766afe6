package codeaug.resident;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Inputs that are far from the recorded ones: several random changes on top of each other. Changes
 * know types and build on what the tests pass, as the type-aware mutation of EvalPlus does (Liu et
 * al. 2023); that they are stacked is the havoc stage of AFL.
 */
final class Havoc {
    private static final int MOST_CHANGES = 4;
    private static final int DEEPEST = 4;
    private static final int SMALL = 8;
    private static final int FEW = 5;
    private static final int LONGEST = 60; // items of what still grows
    private static final String[] UNEXPECTED = {"java.lang.IllegalArgumentException", "java.lang.RuntimeException",
        "java.lang.AssertionError"};

    private static final Pattern OWN = Pattern.compile("(?i)\\b(?:may|can|perhaps|possibly) [\\w ]*(?:(?:views?|parts?|one"
        + "|items?|elements?) of\\b|itself\\b|alias)|\\boverlapping\\b|\\baliased\\b");

    private final Domain domain;
    private final About about;
    private final Values values;
    private final Random chance;
    private final int first;
    private final Map<String, List<String>> enums;
    private final List<List<Shape>> recorded;
    private final Map<String, List<Shape>> donors = new HashMap<>();
    private boolean inReceiver;

    /** `enums`: constants by class. */
    Havoc(Domain domain, About about, Values values, Random chance, int first,
            Map<String, List<String>> enums, List<List<Shape>> recorded) {
        this.domain = domain;
        this.about = about;
        this.values = values;
        this.chance = chance;
        this.first = first;
        this.enums = enums;
        this.recorded = recorded;
        recorded.forEach(input -> input.forEach(shape -> collect(shape, 0)));
    }

    private void collect(Shape shape, int depth) {
        if (shape.kind == Shape.Kind.NULL || shape.kind == Shape.Kind.SAME) {
            return;
        }
        List<Shape> known = donors.computeIfAbsent(shape.type, type -> new ArrayList<>());
        if (known.size() < LONGEST && !hasSame(shape)) {
            known.add(shape);
        }
        if (depth < DEEPEST) {
            shape.parts.forEach(part -> collect(part, depth + 1));
        }
    }

    /** The very object once more. */
    private static Shape same(Shape one) {
        return new Shape(Shape.Kind.SAME, "", one.number, Collections.<Shape>emptyList(), -1);
    }

    private static boolean hasSame(Shape shape) {
        return shape.kind == Shape.Kind.SAME || shape.parts.stream().anyMatch(Havoc::hasSame);
    }

    /** A recorded input after some changes. */
    List<Shape> some() {
        List<Shape> input = new ArrayList<>(recorded.get(chance.nextInt(recorded.size())));
        for (int left = 1 + chance.nextInt(1 + chance.nextInt(MOST_CHANGES)); left > 0 && !input.isEmpty(); left--) {
            int place = chance.nextInt(input.size());
            input.set(place, argument(input, place));
        }
        return input;
    }

    /** A recorded input with small numbers alone, also in lists, where they are likely to meet. */
    List<Shape> small() {
        List<Shape> input = new ArrayList<>(recorded.get(chance.nextInt(recorded.size())));
        for (int i = 0; i < input.size(); i++) {
            Shape shape = input.get(i);
            boolean whole = i < first && shape.kind == Shape.Kind.OBJECT; // its numbers say how much it holds
            input.set(i, whole ? smallInLists(shape) : small(shape, 0));
        }
        return input;
    }

    private Shape smallInLists(Shape receiver) {
        boolean together = belongsTogether(receiver);
        List<Shape> parts = new ArrayList<>(receiver.parts);
        parts.replaceAll(part -> part.kind == Shape.Kind.LIST || part.kind == Shape.Kind.ARRAY && !together
            ? small(part, 1) : part);
        return receiver.with(parts);
    }

    private Shape small(Shape shape, int depth) {
        boolean whole = shape.value instanceof Integer || shape.value instanceof Long || shape.value instanceof Short;
        if (whole && shape.kind == Shape.Kind.VALUE) {
            int number = chance.nextInt(FEW) == 0 ? -1 - chance.nextInt(FEW) : chance.nextInt(SMALL);
            return Shape.of(Values.exact(number, shape.value));
        }
        if (depth >= DEEPEST || !Domain.isList(shape) && shape.kind != Shape.Kind.OBJECT) {
            return shape;
        }
        List<Shape> parts = new ArrayList<>(shape.parts);
        parts.replaceAll(part -> small(part, depth + 1));
        return shape.with(parts);
    }

    private Shape argument(List<Shape> input, int place) {
        Shape old = input.get(place);
        inReceiver = place < first;
        int way = chance.nextInt(10);
        if (place >= first && way == 0) { // another one of the call, or nearly
            int at = chance.nextInt(input.size());
            Shape other = input.get(at);
            Shape own = first > 0 && OWN.matcher(about.words).find() ? own(input.get(0), old) : null;
            if (own != null && chance.nextBoolean()) {
                return same(own);
            }
            if (at < place && other.type.equals(old.type) && other.isMutable() && chance.nextBoolean()) {
                return same(other);
            }
            if (other.type.equals(old.type) && !hasSame(other)) {
                return other.value instanceof String && chance.nextBoolean()
                    ? other.with((Object) Texts.swapped((String) other.value)) : other;
            }
        }
        if (way == 1 || old.kind == Shape.Kind.NULL) {
            Shape other = recorded.get(chance.nextInt(recorded.size())).get(place);
            return hasSame(other) ? old : other;
        }
        if (place >= first && way == 2 && domain.mayBeNull(place) && !isPrimitive(old, place)) {
            return Shape.NULL;
        }
        List<Object> ends = place < first ? Collections.emptyList() : domain.ends(place);
        if (way < 5 && !ends.isEmpty() && old.value instanceof Number) {
            Object like = Values.like(ends.get(chance.nextInt(ends.size())), old.value);
            return like == null ? old : Shape.of(like);
        }
        return changed(old, 0);
    }

    /** A list, map or set that the receiver holds, for one that may be it; null for none. */
    private Shape own(Shape receiver, Shape old) {
        List<Shape> all = new ArrayList<>(receiver.parts);
        all.removeIf(part -> part.kind != old.kind || !part.isMutable() || part.number < 0
            || !Domain.isList(part) && part.kind != Shape.Kind.MAP && part.kind != Shape.Kind.SET);
        return all.isEmpty() ? null : all.get(chance.nextInt(all.size()));
    }

    /** A recorded null says that the parameter is none; without, the call is refused. */
    private boolean isPrimitive(Shape shape, int place) {
        return shape.kind == Shape.Kind.VALUE && !(shape.value instanceof String)
            && recorded.stream().noneMatch(input -> input.get(place).kind == Shape.Kind.NULL);
    }

    private Shape changed(Shape shape, int depth) {
        if (shape.kind != Shape.Kind.OBJECT && chance.nextInt(5) == 0) {
            Shape donor = donor(shape.type);
            if (donor != null) {
                return donor;
            }
        }
        switch (shape.kind) {
            case VALUE:
            case BIG:
                return Shape.of(values.other(shape.value));
            case ENUM:
                List<String> names = enums.getOrDefault(shape.type, Collections.emptyList());
                return names.isEmpty() ? shape : shape.with((Object) names.get(chance.nextInt(names.size())));
            case TEXT:
                return text(shape);
            case FUNCTION:
                return shape.with((Object) ((Lambdas.Plan) shape.value).with(script()));
            case ARRAY:
            case LIST:
            case SET:
                return depth < DEEPEST ? items(shape, depth) : shape;
            case MAP:
                return depth < DEEPEST ? pairs(shape, depth) : shape;
            case OBJECT:
                return depth < DEEPEST ? object(shape, depth) : shape;
            default:
                return shape;
        }
    }

    private Shape donor(String type) {
        List<Shape> known = donors.getOrDefault(type, Collections.emptyList());
        return known.isEmpty() ? null : known.get(chance.nextInt(known.size()));
    }

    private Shape text(Shape shape) {
        boolean reads = shape.type.contains("Reader");
        if ((reads || shape.type.contains("InputStream")) && chance.nextInt(4) == 0) {
            String plain = shape.type.split(" ")[0];
            String way = reads && chance.nextBoolean() ? Source.BROKEN : Source.SLOW;
            String other = shape.type.equals(plain) ? plain + " " + way : plain;
            return new Shape(shape.kind, other, shape.value, shape.parts, shape.number);
        }
        return shape.with(values.other(shape.value));
    }

    private String script() {
        if (chance.nextInt(3) == 0) {
            return "gives chance " + chance.nextInt(1000);
        }
        if (domain.mayHoldNull(false) && chance.nextInt(4) == 0) {
            return "gives null in " + (1 + chance.nextInt(15));
        }
        List<String> types = new ArrayList<>(about.caught);
        types.addAll(about.caught); // as often as the others
        types.addAll(Arrays.asList(UNEXPECTED));
        return "throws " + types.get(chance.nextInt(types.size())) + " in " + (1 + chance.nextInt(15))
            + (chance.nextInt(3) == 0 ? " " + Function.SILENTLY : "");
    }

    private Shape items(Shape shape, int depth) {
        List<Shape> items = new ArrayList<>(shape.parts);
        if (items.isEmpty()) {
            return shape;
        }
        if (shape.type.equals(Rest.TYPE) && chance.nextInt(4) == 0) {
            return new Shape(shape.kind, Rest.TYPE + " " + Source.BROKEN, null, items, shape.number);
        }
        if (shape.type.startsWith(Containers.FIXED) && shape.kind == Shape.Kind.LIST && chance.nextInt(3) == 0) {
            return new Shape(shape.kind, "java.util.ArrayList", null, items, shape.number);
        }
        int at = chance.nextInt(items.size());
        Shape old = items.get(at);
        switch (chance.nextInt(10)) {
            case 7:
                items = new ArrayList<>();
                for (int left = 1 + chance.nextInt(6); left > 0; left--) {
                    items.add(changed(old, depth + 1));
                }
                break;
            case 6:
                boolean itself = inReceiver && old.isMutable() && old.number >= 0 && chance.nextBoolean();
                items.addAll(at + 1, Collections.nCopies(1 + chance.nextInt(5), itself ? same(old) : old));
                break;
            case 0:
                Collections.shuffle(items, chance);
                break;
            case 1:
                items.subList(at, Math.min(items.size(), at + 1 + chance.nextInt(3))).clear();
                break;
            case 2:
            case 3:
                items.set(at, changed(old, depth + 1));
                break;
            case 4:
                items.replaceAll(item -> item.value instanceof Number && item.kind == Shape.Kind.VALUE
                    ? Shape.of(Values.number(-((Number) item.value).doubleValue(), item.value)) : item);
                break;
            case 5:
                boolean fits = shape.kind != Shape.Kind.ARRAY || shape.type.contains(".");
                if (domain.mayHoldNull(inReceiver) && fits) {
                    items.add(chance.nextInt(items.size() + 1), Shape.NULL);
                }
                break;
            default:
                Shape donor = chance.nextBoolean() ? donor(old.type) : null;
                items.add(chance.nextInt(items.size() + 1), donor == null ? old : donor);
                break;
        }
        return items.size() > Math.max(LONGEST, shape.parts.size()) ? shape : shape.with(items);
    }

    private Shape pairs(Shape shape, int depth) {
        List<Shape> keys = new ArrayList<>();
        Map<Shape, Shape> of = new LinkedHashMap<>();
        for (int i = 0; i < shape.parts.size(); i += 2) {
            keys.add(shape.parts.get(i));
            of.put(shape.parts.get(i), shape.parts.get(i + 1));
        }
        if (keys.isEmpty()) {
            return shape;
        }
        Shape kind = shape;
        Shape key = keys.get(chance.nextInt(keys.size()));
        Shape other = chance.nextBoolean() ? donor(key.type) : null;
        switch (chance.nextInt(7)) {
            case 6: // equal values that are not the same object
                Shape value = changed(of.get(key), depth + 1);
                of.replaceAll((each, old) -> chance.nextBoolean() ? value : old);
                break;
            case 0:
                Collections.shuffle(keys, chance);
                break;
            case 1:
                keys.remove(key);
                break;
            case 2:
                of.put(key, changed(of.get(key), depth + 1));
                break;
            case 3:
                if (domain.mayHoldNull(inReceiver)) {
                    of.put(key, Shape.NULL);
                    kind = Items.nullable(shape);
                }
                break;
            default:
                Shape more = other == null ? changed(key, depth + 1) : other;
                if (keys.size() < LONGEST && keys.stream().noneMatch(known -> known.text().equals(more.text()))) {
                    keys.add(chance.nextInt(keys.size() + 1), more);
                    of.put(more, chance.nextBoolean() ? of.get(key) : changed(of.get(key), depth + 1));
                }
                break;
        }
        List<Shape> parts = new ArrayList<>();
        keys.forEach(each -> parts.addAll(Arrays.asList(each, of.get(each))));
        return kind.with(parts);
    }

    /** Whether an object's fields say of each other what is in them, as an array and a count do. */
    static boolean belongsTogether(Shape shape) {
        return shape.kind == Shape.Kind.OBJECT
            && shape.parts.stream().anyMatch(part -> part.kind == Shape.Kind.ARRAY)
            && shape.parts.stream().anyMatch(part -> part.kind == Shape.Kind.VALUE && part.value instanceof Integer);
    }

    /** A field is changed, or is what it is in another object of the class. */
    private Shape object(Shape shape, int depth) {
        if (shape.parts.isEmpty() || belongsTogether(shape)) {
            return shape;
        }
        int at = chance.nextInt(shape.parts.size());
        Shape other = donor(shape.type);
        boolean swap = other != null && other.parts.size() == shape.parts.size() && chance.nextInt(3) == 0;
        List<Shape> parts = new ArrayList<>(shape.parts);
        Shape whole = parts.get(at).kind == Shape.Kind.OBJECT ? donor(parts.get(at).type) : null;
        parts.set(at, swap ? other.parts.get(at) : whole != null && chance.nextInt(3) == 0 ? whole
            : changed(parts.get(at), depth + 1));
        if (chance.nextInt(4) == 0) { // two fields of one class change places
            exchange(parts, at, chance.nextInt(parts.size()));
        }
        return shape.with(parts);
    }

    private static void exchange(List<Shape> parts, int one, int other) {
        Shape a = parts.get(one);
        Shape b = parts.get(other);
        if (a.kind == Shape.Kind.OBJECT && (b.kind == Shape.Kind.NULL || b.type.equals(a.type))) {
            Collections.swap(parts, one, other);
        }
    }
}
