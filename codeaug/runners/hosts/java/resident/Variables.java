package codeaug.resident;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The class variables of a unit's class and of the classes around it that a call can change. */
final class Variables {
    private final List<Field> fields = new ArrayList<>();

    Variables(Class<?> home) {
        for (Class<?> at = home; at != null; at = at.getEnclosingClass()) {
            for (Field field : at.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                boolean plain = field.getType().isPrimitive() || field.getType() == String.class;
                boolean fixed = Modifier.isFinal(modifiers) && plain;
                if (Modifier.isStatic(modifiers) && !field.isSynthetic() && !fixed) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
    }

    boolean isEmpty() {
        return fields.isEmpty();
    }

    /** What they are now, but those that cannot be looked into. */
    Shape told() {
        List<Shape> all = new ArrayList<>();
        for (Field field : fields) {
            try {
                all.add(Copies.apart(Collections.singletonList(field.get(null))).get(0));
            } catch (NoCopy | ReflectiveOperationException e) {
                all.add(Shape.NULL);
            }
        }
        return Shape.list("", all);
    }
}
