package codeaug.resident;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists of objects that are sorted by a field, as the Javadoc says and all recorded calls have it. */
final class ByField {
    private static final Pattern SORTED = Pattern.compile(
        "(?i)\\b(?:(?:sorted|ordered|ascending) by|in(?: the)?(?: ascending)? order of)(?: the| their| its)? (\\w+)");
    // that is what the unit gives
    private static final Pattern GIVES = Pattern.compile(
        "(?i)\\b(?:returns?|returned|gives?|given|results?|answers?)\\b");

    private final Map<String, Integer> fields = new HashMap<>(); // by class

    /** `loader` has the classes. */
    ByField(About about, List<List<Shape>> recorded, ClassLoader loader) {
        Matcher matcher = SORTED.matcher(about.words);
        while (matcher.find()) {
            String before = about.words.substring(about.words.lastIndexOf('.', matcher.start()) + 1, matcher.start());
            if (!GIVES.matcher(before).find() && !about.names.contains(matcher.group(1))) {
                said(matcher.group(1), recorded, loader);
            }
        }
    }

    private void said(String name, List<List<Shape>> recorded, ClassLoader loader) {
        Map<String, List<Shape>> lists = new HashMap<>();
        recorded.forEach(input -> input.stream().filter(shape -> areObjects(shape)).forEach(list ->
            lists.computeIfAbsent(list.parts.get(0).type, type -> new ArrayList<>()).add(list)));
        lists.forEach((type, all) -> {
            List<Field> known = Declared.fields(all.get(0).parts.get(0), loader);
            List<Integer> sorted = new ArrayList<>();
            for (int i = 0; i < known.size(); i++) {
                int field = i;
                if (all.stream().anyMatch(list -> list.parts.size() > 1)
                        && all.stream().allMatch(list -> Domain.isSorted(list, item -> item.parts.get(field)))) {
                    sorted.add(i);
                }
            }
            sorted.stream().filter(field -> known.get(field).getName().equalsIgnoreCase(name)).findFirst()
                .ifPresent(field -> fields.put(type, field));
            boolean isNamed = known.stream().anyMatch(field -> field.getName().equalsIgnoreCase(name));
            sorted.removeIf(field -> !known.get(field).getType().isPrimitive());
            if (!isNamed && sorted.size() == 1) { // "in the order of time", and the field is `at`
                fields.put(type, sorted.get(0));
            }
        });
    }

    private static boolean areObjects(Shape list) {
        Set<String> types = new HashSet<>();
        list.parts.forEach(part -> types.add(part.kind == Shape.Kind.OBJECT ? part.type : ""));
        return Domain.isList(list) && types.size() == 1 && !types.contains("");
    }

    /** The list, sorted where it has to be; null where it cannot be sorted. */
    Shape sorted(Shape list) {
        Integer field = areObjects(list) ? fields.get(list.parts.get(0).type) : null;
        return field == null ? list : Domain.sorted(list, item -> item.parts.get(field));
    }
}
