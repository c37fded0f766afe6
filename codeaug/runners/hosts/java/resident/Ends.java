package codeaug.resident;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two values that are called as both ends of something are: of objects, the first is never above the second. */
final class Ends {
    private static final int DEEPEST = 3;
    private static final String[][] NAMES = {{"low", "high"}, {"lo", "hi"}, {"min", "max"}, {"start", "end"},
        {"from", "to"}, {"lower", "upper"}, {"begin", "end"}, {"first", "last"}, {"left", "right"},
        {"open", "close"}, {"opens", "closes"}};

    private final Map<String, List<int[]>> fields = new HashMap<>(); // by class

    /** What all recorded objects keep; `loader` has their classes. */
    Ends(List<List<Shape>> recorded, ClassLoader loader) {
        Map<String, List<Shape>> objects = new HashMap<>();
        recorded.forEach(input -> input.forEach(shape -> collect(shape, 0, objects)));
        objects.forEach((type, all) -> {
            List<Field> known = Declared.fields(all.get(0), loader);
            List<int[]> found = new ArrayList<>();
            for (int i = 0; i < known.size(); i++) {
                for (int j = 0; j < known.size(); j++) {
                    int[] pair = {i, j};
                    if (are(known.get(i).getName(), known.get(j).getName())
                            && all.stream().allMatch(each -> isInOrder(each, pair))) {
                        found.add(pair);
                    }
                }
            }
            if (!found.isEmpty()) {
                fields.put(type, found);
            }
        });
    }

    /** Whether the one is called as the lower end, the other as the upper one, as `fromDay` and `toDay`. */
    static boolean are(String low, String high) {
        for (String[] names : NAMES) {
            if (low.startsWith(names[0]) && high.startsWith(names[1])
                    && low.substring(names[0].length()).equals(high.substring(names[1].length()))) {
                return true;
            }
        }
        return false;
    }

    boolean areInOrder(Shape shape) {
        return fields.isEmpty() || areInOrder(shape, 0);
    }

    private boolean areInOrder(Shape shape, int depth) {
        return fields.getOrDefault(shape.type, new ArrayList<>()).stream().allMatch(pair -> isInOrder(shape, pair))
            && (depth >= DEEPEST || shape.parts.stream().allMatch(part -> areInOrder(part, depth + 1)));
    }

    private static boolean isInOrder(Shape object, int[] pair) {
        return object.parts.size() <= Math.max(pair[0], pair[1])
            || !Domain.isBelow(object.parts.get(pair[1]), object.parts.get(pair[0]));
    }

    private static void collect(Shape shape, int depth, Map<String, List<Shape>> objects) {
        if (shape.kind == Shape.Kind.OBJECT) {
            objects.computeIfAbsent(shape.type, type -> new ArrayList<>()).add(shape);
        }
        if (depth < DEEPEST) {
            shape.parts.forEach(part -> collect(part, depth + 1, objects));
        }
    }
}
