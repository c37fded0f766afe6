package codeaug.resident;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** An iterator of which can be seen what is left in it; one that is broken fails at its end. */
final class Rest implements Iterator<Object> {
    static final String TYPE = "java.util.Iterator";
    private static final List<String> PLACES = Arrays.asList("cursor", "nextIndex");
    private static final List<String> LISTS = Arrays.asList("this$0", "list", "a");

    private final List<Object> items;
    private int at;
    private final boolean broken;
    private boolean given;

    Rest(List<Object> items, boolean broken) {
        this.items = new ArrayList<>(items);
        this.broken = broken;
    }

    @Override
    public boolean hasNext() {
        return broken || at < items.size();
    }

    @Override
    public Object next() {
        if (at >= items.size()) {
            if (broken) {
                throw new IllegalStateException("scripted");
            }
            throw new NoSuchElementException();
        }
        given = true;
        return items.get(at++);
    }

    @Override
    public void remove() {
        if (!given) {
            throw new IllegalStateException();
        }
        given = false;
        items.remove(--at);
    }

    /** What is left in one of these or of a list of the JDK, which is not asked; null for others. */
    static List<Object> of(Object iterator) {
        if (iterator instanceof Rest) {
            Rest rest = (Rest) iterator;
            return rest.items.subList(rest.at, rest.items.size());
        }
        Object place = null;
        Object list = null;
        boolean known = iterator instanceof Iterator && iterator.getClass().getName().startsWith("java.util.");
        for (Class<?> type = iterator.getClass(); known && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                boolean number = field.getType() == int.class;
                place = number && PLACES.contains(field.getName()) ? read(iterator, field) : place;
                list = !number && LISTS.contains(field.getName()) ? read(iterator, field) : list;
            }
        }
        List<Object> all = list == null ? null : items(list);
        return place == null || all == null || (int) place > all.size() ? null : all.subList((int) place, all.size());
    }

    private static List<Object> items(Object list) {
        if (list instanceof List) {
            return new ArrayList<>((List<?>) list);
        }
        return list instanceof Object[] ? Arrays.asList((Object[]) list) : null;
    }

    /** A field that reflection may not open. */
    private static Object read(Object owner, Field field) {
        try {
            Class<?> unsafe = Building.UNSAFE.getClass();
            long offset = (long) unsafe.getMethod("objectFieldOffset", Field.class).invoke(Building.UNSAFE, field);
            return unsafe.getMethod(field.getType() == int.class ? "getInt" : "getObject", Object.class, long.class)
                .invoke(Building.UNSAFE, owner, offset);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
