package codeaug.resident;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What is of a type variable as numbers in the same order, of which some compare as equal and are not. */
final class Ranked {
    private final List<Type> types;
    private final ClassLoader loader;

    Ranked(List<Type> types, ClassLoader loader) {
        this.types = types;
        this.loader = loader;
    }

    /** One input with the ties that there were, one with more; none beside functions, which take the old class. */
    Stream<List<Shape>> of(List<Shape> input) {
        TreeSet<Object> known = new TreeSet<>();
        try {
            input(input, old -> {
                known.add(old.value);
                return old;
            });
        } catch (ClassCastException e) {
            return Stream.empty(); // of several classes, or of none that has an order
        }
        return known.isEmpty() || input.stream().anyMatch(Ranked::hasFunction) ? Stream.empty()
            : Stream.of(ranked(input, known, 1), ranked(input, known, 2));
    }

    private List<Shape> ranked(List<Shape> input, TreeSet<Object> known, int each) {
        int[] count = {0};
        return input(input, old -> Shape.of(
            BigDecimal.valueOf(known.headSet(old.value).size() / each).setScale(1 + count[0]++ % 2)));
    }

    private static boolean hasFunction(Shape shape) {
        return shape.kind == Shape.Kind.FUNCTION || shape.kind == Shape.Kind.KEPT
            || shape.parts.stream().anyMatch(Ranked::hasFunction);
    }

    private List<Shape> input(List<Shape> input, UnaryOperator<Shape> change) {
        List<Shape> all = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            all.add(changed(types.get(i), input.get(i), change));
        }
        return all;
    }

    private Shape changed(Type type, Shape shape, UnaryOperator<Shape> change) {
        boolean simple = shape.kind == Shape.Kind.VALUE || shape.kind == Shape.Kind.BIG;
        if (type instanceof TypeVariable && simple) {
            Class<?> bound = Declared.erased(((TypeVariable<?>) type).getBounds()[0]);
            return bound != null && bound.isAssignableFrom(BigDecimal.class) ? change.apply(shape) : shape;
        }
        List<Type> inner = inner(type, shape);
        List<Shape> parts = new ArrayList<>(shape.parts);
        for (int i = 0; i < parts.size() && !inner.isEmpty(); i++) {
            parts.set(i, changed(inner.get(i % inner.size()), parts.get(i), change));
        }
        return shape.with(parts);
    }

    /** Of the parts, by turns. */
    private List<Type> inner(Type type, Shape shape) {
        if (shape.kind == Shape.Kind.OBJECT) {
            List<Type> all = new ArrayList<>();
            for (Field field : Declared.fields(shape, loader)) {
                all.add(field.getGenericType());
            }
            return all;
        }
        return type instanceof ParameterizedType ? Arrays.asList(((ParameterizedType) type).getActualTypeArguments())
            : type instanceof GenericArrayType ? Arrays.asList(((GenericArrayType) type).getGenericComponentType())
            : new ArrayList<>();
    }
}
