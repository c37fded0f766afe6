package codeaug.resident;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Inputs that grow from recorded ones: one argument changed with a system, then many by chance. */
final class Grown {
    private static final int BASES = 16; // recorded inputs of which single arguments are changed
    private static final int SINGLE = 500;
    private static final int OF_FIELDS = 400;
    private static final int DEEPEST = 3;
    private static final int BY_CHANCE = 2400;
    private static final int FEW = 4; // recorded inputs of which these are made
    private static final int OF_CLASSES = 120;
    private static final int OF_SIGNS = 180;
    private static final int OF_EDGES = 80;
    private static final int OF_HELD = 60;
    private static final int OF_MANY = 24;
    private static final int OF_SMALL = 80;
    private static final long VAST = 100_000;

    private final Values values;
    private final Random chance = new Random(0);
    private final Domain domain;
    private final About about;
    private final Map<String, List<String>> enums;
    private final int first;
    private final Side side;
    private final Declared declared;
    private final long deadline;
    private final List<List<Shape>> later = new ArrayList<>();

    /** `deadline` is that of chance. */
    Grown(List<Object> constants, Domain domain, About about, Side side, List<List<Shape>> recorded, long deadline) {
        List<Object> known = new ArrayList<>(constants);
        known.addAll(Moments.named(about.moments));
        this.values = new Values(known, chance);
        this.domain = domain;
        this.about = about;
        this.enums = side.enums(recorded);
        this.first = side.first;
        this.side = side;
        this.declared = new Declared(side.unit, side.first, side.loader, about);
        this.deadline = deadline;
    }

    /**
     * Hands each new input to `taker` until that returns false; those of vast numbers at the end. Of
     * the recorded ones `failing` end with an exception.
     */
    void from(List<List<Shape>> recorded, List<List<Shape>> failing, Predicate<List<Shape>> taker) {
        List<List<Shape>> some = some(recorded, failing);
        if (!singles(recorded, taker) || !pairs(some.get(0), taker) || !unlike(some, taker)) {
            return;
        }
        Havoc havoc = new Havoc(domain, about, values, chance, first, enums, recorded);
        for (int n = 0; n < OF_SMALL + BY_CHANCE && System.nanoTime() < deadline; n++) {
            if (!offer(n < OF_SMALL ? havoc.small() : havoc.some(), taker)) {
                return;
            }
        }
        if (!inTurn(turns(some, base -> Many.of(base, first)), OF_MANY, taker)) {
            return;
        }
        for (List<Shape> input : later) {
            if (!taker.test(input)) {
                return;
            }
        }
    }

    private boolean singles(List<List<Shape>> recorded, Predicate<List<Shape>> taker) {
        List<Iterator<List<Shape>>> turns = new ArrayList<>();
        List<List<Shape>> bases = recorded.subList(0, Math.min(BASES, recorded.size()));
        for (List<Shape> base : bases) {
            for (int i = first; i < base.size(); i++) {
                int place = i;
                turns.add(others(base.get(i), i).stream().map(other -> with(base, place, other)).iterator());
            }
        }
        return inTurn(turns, SINGLE, taker) && inTurn(fields(bases), OF_FIELDS, taker);
    }

    /** Values of other classes than the tests', texts made of the code's signs, ends of steps. */
    private boolean unlike(List<List<Shape>> some, Predicate<List<Shape>> taker) {
        Members members = new Members(values, first);
        Held held = new Held(side, about);
        return inTurn(turns(some, declared::others), OF_CLASSES, taker)
            && inTurn(turns(some, members::of), OF_SIGNS, taker)
            && inTurn(turns(some, held::of), OF_HELD, taker)
            && inTurn(turns(some, new Edges(first)::of), OF_EDGES, taker);
    }

    /** Some recorded inputs, the last ones first; what fails, and looks at little, at the end. */
    static List<List<Shape>> some(List<List<Shape>> recorded, List<List<Shape>> failing) {
        List<List<Shape>> all = new ArrayList<>(recorded);
        Collections.reverse(all);
        all.sort(Comparator.comparing(failing::contains));
        return all.subList(0, Math.min(FEW, all.size()));
    }

    private static List<Iterator<List<Shape>>> turns(List<List<Shape>> bases,
            java.util.function.Function<List<Shape>, Stream<List<Shape>>> grown) {
        List<Iterator<List<Shape>>> turns = new ArrayList<>();
        bases.forEach(base -> turns.add(grown.apply(base).iterator()));
        return turns;
    }

    private boolean inTurn(List<Iterator<List<Shape>>> turns, int most, Predicate<List<Shape>> taker) {
        for (int count = 0; count < most && !turns.isEmpty();) {
            turns.removeIf(turn -> !turn.hasNext());
            for (Iterator<List<Shape>> turn : turns) {
                count++;
                if (!offer(turn.next(), taker)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The receiver with each simple value in it changed. */
    private List<Iterator<List<Shape>>> fields(List<List<Shape>> bases) {
        List<Iterator<List<Shape>>> turns = new ArrayList<>();
        for (int b = bases.size() - 1; b >= 0 && first > 0; b--) {
            List<Shape> base = bases.get(b);
            turns.add(leaves(base.get(0), 0).map(other -> with(base, 0, other)).iterator());
        }
        return turns;
    }

    private Stream<Shape> leaves(Shape shape, int depth) {
        if (shape.kind == Shape.Kind.VALUE || shape.kind == Shape.Kind.ENUM) {
            return others(shape, 0).stream().filter(other -> other.kind == shape.kind);
        }
        if (depth > DEEPEST || Havoc.belongsTogether(shape)) {
            return Stream.empty();
        }
        boolean holdsNull = shape.kind == Shape.Kind.MAP && domain.mayHoldNull(true);
        Stream<Shape> withNull = IntStream.range(0, holdsNull ? shape.parts.size() / 2 : 0)
            .mapToObj(i -> shape.with(2 * i + 1, Shape.NULL));
        return Stream.concat(withNull, IntStream.range(0, shape.parts.size())
            .filter(i -> shape.kind != Shape.Kind.SET && (shape.kind != Shape.Kind.MAP || i % 2 == 1)).boxed()
            .flatMap(i -> leaves(shape.parts.get(i), depth + 1).map(other -> shape.with(i, other))));
    }

    /** Ends of two numbers together; two texts that are nearly the same. */
    private boolean pairs(List<Shape> base, Predicate<List<Shape>> taker) {
        for (int i = first; i < base.size(); i++) {
            for (int j = i + 1; j < base.size(); j++) {
                for (List<Shape> pair : pairs(base.get(i).value, base.get(j).value)) {
                    if (!offer(with(with(base, i, pair.get(0)), j, pair.get(1)), taker)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static List<List<Shape>> pairs(Object one, Object other) {
        List<List<Shape>> all = new ArrayList<>();
        List<Object> ends = Values.ends(one);
        List<Object> others = Values.ends(other);
        if (ends != null && others != null) {
            ends.forEach(a -> others.forEach(b -> all.add(Arrays.asList(Shape.of(a), Shape.of(b)))));
        } else if (one instanceof String && other instanceof String) {
            for (String[] twin : Texts.TWINS) {
                all.add(Arrays.asList(Shape.of(twin[0]), Shape.of(twin[1])));
                all.add(Arrays.asList(Shape.of(twin[1]), Shape.of(twin[0])));
                all.add(Arrays.asList(Shape.of(twin[0]), Shape.of(twin[0])));
            }
        }
        return all;
    }

    private boolean offer(List<Shape> input, Predicate<List<Shape>> taker) {
        List<Shape> fit = domain.repaired(input);
        if (fit == null) {
            return true;
        }
        if (isVast(fit)) {
            later.add(fit);
            return true;
        }
        return taker.test(fit);
    }

    /** Whether a number is such that work by number takes long. */
    static boolean isVast(List<Shape> input) {
        return input.stream().anyMatch(shape -> (shape.value instanceof Integer || shape.value instanceof Long)
            && shape.kind == Shape.Kind.VALUE && Math.abs(((Number) shape.value).doubleValue()) > VAST);
    }

    static List<Shape> with(List<Shape> input, int number, Shape other) {
        List<Shape> changed = new ArrayList<>(input);
        changed.set(number, other);
        return changed;
    }

    /** In the order in which they are to be tried. Null is one: see Comparing. */
    private List<Shape> others(Shape shape, int place) {
        List<Shape> all = new ArrayList<>();
        switch (shape.kind) {
            case VALUE:
            case BIG:
                domain.ends(place).forEach(end -> add(all, Values.like(end, shape.value)));
                values.others(shape.value).forEach(other -> add(all, other));
                break;
            case ENUM:
                enums.getOrDefault(shape.type, Collections.emptyList())
                    .forEach(name -> all.add(shape.with((Object) name)));
                break;
            case TEXT:
                values.others(shape.value).forEach(other -> all.add(shape.with(other)));
                break;
            case ARRAY:
            case LIST:
                new Items(values).others(shape, all);
                break;
            case SET:
                if (shape.type.equals(Containers.BITS)) {
                    Items.positions(shape, all);
                }
                all.add(shape.with(Collections.<Shape>emptyList()));
                break;
            case MAP:
                all.add(shape.with(Collections.<Shape>emptyList()));
                new Items(values).ofMap(shape, domain.mayHoldNull(false), all);
                break;
            default:
                break;
        }
        boolean reference = shape.kind != Shape.Kind.NULL
            && (shape.kind != Shape.Kind.VALUE || shape.value instanceof String || domain.mayBeNull(place));
        if (reference) {
            all.add(Math.min(2, all.size()), Shape.NULL);
        }
        return all;
    }

    private static void add(List<Shape> all, Object value) {
        if (value != null) {
            all.add(Shape.of(value));
        }
    }
}
