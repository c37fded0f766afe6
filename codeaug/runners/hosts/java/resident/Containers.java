package codeaug.resident;

import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the JDK keeps things in: its exact type, what is in it in which order, and another like it. */
final class Containers {
    private static final String UTIL = "java.util.";
    static final String FIXED = UTIL + "ImmutableCollections$";
    static final String BITS = UTIL + "BitSet";
    private static final int LAST_BIT = 1 << 16; // a set takes room for all before its last
    private static final String BY_ACCESS = UTIL + "LinkedHashMap by access";
    private static final String SHOWN = UTIL + "Collections$";
    // their order is nobody's word
    private static final List<String> UNORDERED = Arrays.asList(UTIL + "HashMap", UTIL + "HashSet",
        UTIL + "IdentityHashMap", UTIL + "WeakHashMap", UTIL + "HashMap$KeySet", UTIL + "HashMap$Values",
        UTIL + "HashMap$EntrySet", UTIL + "concurrent.ConcurrentHashMap", FIXED + "Set", FIXED + "Map");

    private Containers() {}

    static boolean is(Object value) {
        return value.getClass().getName().startsWith(UTIL)
            && (value instanceof Collection || value instanceof Map || isOptional(value)
                || value instanceof Map.Entry || value instanceof BitSet);
    }

    private static boolean isOptional(Object value) {
        return value instanceof Optional || value instanceof OptionalInt || value instanceof OptionalLong
            || value instanceof OptionalDouble;
    }

    static boolean hasNoOrder(String type) {
        return UNORDERED.contains(type);
    }

    static Shape.Kind kind(Object value) {
        return value instanceof Map ? Shape.Kind.MAP : value instanceof Set || value instanceof BitSet
            ? Shape.Kind.SET : Shape.Kind.LIST;
    }

    /** The class; how many things are in it, and whether it can be indexed fast, is no other class. */
    static String type(Object value) {
        String type = value.getClass().getName();
        if (type.startsWith(FIXED)) {
            return type.contains("SubList") ? type
                : FIXED + (value instanceof Map ? "Map" : value instanceof Set ? "Set" : "List");
        }
        if (value.getClass() == LinkedHashMap.class && isByAccess((LinkedHashMap<?, ?>) value)) {
            return BY_ACCESS;
        }
        return type.replace("RandomAccess", "").replace("JumboEnumSet", "EnumSet")
            .replace("RegularEnumSet", "EnumSet");
    }

    /** Whether what is asked for goes to the end: a copy of it tells. */
    @SuppressWarnings("unchecked")
    private static boolean isByAccess(LinkedHashMap<?, ?> map) {
        Map<Object, Object> copy = (Map<Object, Object>) map.clone();
        Object one = new Object();
        copy.put(one, null);
        copy.put(new Object(), null);
        copy.get(one);
        Object last = null;
        for (Object key : copy.keySet()) {
            last = key;
        }
        return last == one;
    }

    /** The comparator, or the class of the keys, of those that have one. */
    static Object rule(Object value) throws NoCopy {
        if (value instanceof EnumSet) {
            EnumSet<?> set = (EnumSet<?>) value;
            EnumSet<?> one = set.isEmpty() ? EnumSet.complementOf(set) : set;
            return one.isEmpty() ? null : one.iterator().next().getDeclaringClass();
        }
        if (value instanceof EnumMap && ((EnumMap<?, ?>) value).isEmpty()) {
            throw new NoCopy("an empty EnumMap");
        }
        return value instanceof EnumMap ? ((EnumMap<?, ?>) value).keySet().iterator().next().getDeclaringClass()
            : value instanceof SortedMap ? ((SortedMap<?, ?>) value).comparator()
            : value instanceof SortedSet ? ((SortedSet<?>) value).comparator()
            : value instanceof PriorityQueue ? ((PriorityQueue<?>) value).comparator() : null;
    }

    /** Items; keys and values by turns. */
    static List<Object> parts(Object value) {
        List<Object> all = new ArrayList<>();
        if (value instanceof Map) {
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                all.add(entry.getKey());
                all.add(entry.getValue());
            }
        } else if (value instanceof Optional) {
            ((Optional<?>) value).ifPresent(all::add);
        } else if (value instanceof OptionalInt) {
            ((OptionalInt) value).ifPresent(all::add);
        } else if (value instanceof OptionalLong) {
            ((OptionalLong) value).ifPresent(all::add);
        } else if (value instanceof OptionalDouble) {
            ((OptionalDouble) value).ifPresent(all::add);
        } else if (value instanceof Map.Entry) {
            all.add(((Map.Entry<?, ?>) value).getKey());
            all.add(((Map.Entry<?, ?>) value).getValue());
        } else if (value instanceof BitSet) {
            ((BitSet) value).stream().forEach(all::add);
        } else {
            all.addAll((Collection<?>) value);
        }
        return all;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    static Object made(String type, Object rule, List<Object> parts)
            throws NoCopy, ReflectiveOperationException {
        if (type.startsWith(UTIL + "Optional")) {
            return optional(type, parts);
        }
        if (type.endsWith("Entry") || type.endsWith("$Node") || type.endsWith(".KeyValueHolder")) {
            return new AbstractMap.SimpleEntry<>(parts.get(0), parts.get(1));
        }
        if (type.equals(UTIL + "Arrays$ArrayList")) {
            return Arrays.asList(parts.toArray());
        }
        if (type.equals(UTIL + "ArrayList$SubList")) {
            return new ArrayList<>(parts).subList(0, parts.size());
        }
        if (type.startsWith(Rest.TYPE)) {
            return new Rest(parts, type.endsWith(Source.BROKEN));
        }
        if (type.startsWith(Lent.ITERABLE)) {
            return new Lent.Broken(parts);
        }
        if (type.equals(BITS)) {
            return bits(parts);
        }
        if (type.equals(UTIL + "EnumSet")) {
            EnumSet set = EnumSet.noneOf((Class) rule);
            set.addAll(parts);
            return set;
        }
        if (type.startsWith(FIXED)) {
            return fixed(type.substring(FIXED.length()), parts);
        }
        if (type.startsWith(SHOWN)) {
            return shown(type.substring(SHOWN.length()), parts);
        }
        if (type.endsWith("$KeySet") || type.endsWith("$Values")) {
            Map<Object, Object> map = new LinkedHashMap<>();
            parts.forEach(part -> map.put(type.endsWith("$KeySet") ? part : map.size(), part));
            return type.endsWith("$KeySet") ? map.keySet() : map.values();
        }
        if (type.equals(BY_ACCESS)) {
            return filled(new LinkedHashMap<>(parts.size(), 1, true), parts);
        }
        Class<?> known = Class.forName(type);
        Object made = rule == null || known == ArrayDeque.class ? known.getConstructor().newInstance()
            : rule instanceof Class ? new EnumMap((Class) rule) : known == TreeMap.class
            ? new TreeMap<>((Comparator<Object>) rule) : known == TreeSet.class
            ? new TreeSet<>((Comparator<Object>) rule) : known == PriorityQueue.class
            ? new PriorityQueue<>((Comparator<Object>) rule) : null;
        if (made == null) {
            throw new NoCopy(type);
        }
        return filled(made, parts);
    }

    private static Object optional(String type, List<Object> parts) {
        Object value = parts.isEmpty() ? null : parts.get(0);
        switch (type.substring(UTIL.length())) {
            case "OptionalInt":
                return value == null ? OptionalInt.empty() : OptionalInt.of((int) value);
            case "OptionalLong":
                return value == null ? OptionalLong.empty() : OptionalLong.of((long) value);
            case "OptionalDouble":
                return value == null ? OptionalDouble.empty() : OptionalDouble.of((double) value);
            default:
                return Optional.ofNullable(value);
        }
    }

    private static BitSet bits(List<Object> parts) throws NoCopy {
        BitSet bits = new BitSet();
        for (Object part : parts) {
            if ((int) part > LAST_BIT) {
                throw new NoCopy("a set of too many bits");
            }
            bits.set((int) part);
        }
        return bits;
    }

    @SuppressWarnings("unchecked")
    private static Object filled(Object made, List<Object> parts) {
        if (made instanceof Map) {
            for (int i = 0; i < parts.size(); i += 2) {
                ((Map<Object, Object>) made).put(parts.get(i), parts.get(i + 1));
            }
        } else if (made instanceof Queue) {
            parts.forEach(((Queue<Object>) made)::offer);
        } else {
            ((Collection<Object>) made).addAll(parts);
        }
        return made;
    }

    /** Like List.of, which a Java of before 9 does not have. */
    private static Object fixed(String name, List<Object> parts)
            throws NoCopy, ReflectiveOperationException {
        switch (name) {
            case "List":
                return parts.contains(null) // that one comes from a stream
                    ? java.util.stream.Stream.class.getMethod("toList").invoke(parts.stream())
                    : List.class.getMethod("copyOf", Collection.class).invoke(null, parts);
            case "Set":
                return Set.class.getMethod("copyOf", Collection.class).invoke(null, new LinkedHashSet<>(parts));
            case "Map":
                return Map.class.getMethod("copyOf", Map.class).invoke(null, filled(new LinkedHashMap<>(), parts));
            default:
                throw new NoCopy(FIXED + name);
        }
    }

    /** Like Collections.unmodifiableList and its kin. */
    private static Object shown(String name, List<Object> parts) throws NoCopy {
        Object first = parts.isEmpty() ? null : parts.get(0);
        boolean alone = parts.size() == 1;
        switch (name) {
            case "UnmodifiableList":
                return Collections.unmodifiableList(new ArrayList<>(parts));
            case "UnmodifiableCollection":
                return Collections.unmodifiableCollection(new ArrayList<>(parts));
            case "UnmodifiableSet":
                return Collections.unmodifiableSet(new LinkedHashSet<>(parts));
            case "UnmodifiableMap":
                return Collections.unmodifiableMap(map(parts));
            case "SynchronizedList":
                return Collections.synchronizedList(new ArrayList<>(parts));
            case "SynchronizedMap":
                return Collections.synchronizedMap(map(parts));
            case "EmptyList":
                return parts.isEmpty() ? Collections.emptyList() : Collections.unmodifiableList(parts);
            case "EmptySet":
                return parts.isEmpty() ? Collections.emptySet()
                    : Collections.unmodifiableSet(new LinkedHashSet<>(parts));
            case "EmptyMap":
                return parts.isEmpty() ? Collections.emptyMap() : Collections.unmodifiableMap(map(parts));
            case "SingletonList":
                return alone ? Collections.singletonList(first) : Collections.unmodifiableList(parts);
            case "SingletonSet":
                return alone ? Collections.singleton(first)
                    : Collections.unmodifiableSet(new LinkedHashSet<>(parts));
            case "SingletonMap":
                return parts.size() == 2 ? Collections.singletonMap(first, parts.get(1))
                    : Collections.unmodifiableMap(map(parts));
            default:
                throw new NoCopy(SHOWN + name);
        }
    }

    private static Map<Object, Object> map(List<Object> parts) {
        Map<Object, Object> map = new LinkedHashMap<>();
        filled(map, parts);
        return map;
    }
}
