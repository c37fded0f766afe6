package codeaug.resident;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.BaseStream;

/** What a function, an iterator or a stream that a unit gave gives in its turn. */
final class Asking {
    private static final int ITEMS = 200;
    private static final int TWICE = 2;

    /** What iterators gave. */
    final List<Object> given = new ArrayList<>();
    private final List<Object> samples;

    /** `samples` are what functions are given. */
    Asking(List<Object> samples) {
        this.samples = samples;
    }

    static boolean drains(Object value) {
        return value instanceof Iterator || value instanceof Enumeration || value instanceof BaseStream;
    }

    List<Object> drained(Object value) {
        List<Object> all = new ArrayList<>();
        try {
            Iterator<?> items = value instanceof BaseStream ? ((BaseStream<?, ?>) value).iterator()
                : value instanceof Iterator ? (Iterator<?>) value
                : Collections.list((Enumeration<?>) value).iterator();
            while (all.size() < ITEMS && items.hasNext()) {
                all.add(items.next());
            }
            given.addAll(all);
            if (all.size() < ITEMS) {
                items.next();
            }
        } catch (RuntimeException e) {
            all.add("throws " + e.getClass().getName());
        }
        return all;
    }

    /** Whether an object of a class that is made where it is used has one method to be asked. */
    static boolean isFunction(Class<?> type) {
        return (type.isAnonymousClass() || type.isLocalClass()) && type.getInterfaces().length == 1
            && asked(type.getInterfaces()[0]).size() == 1;
    }

    /** Throws NoCopy for what is no function. */
    List<Object> answers(Object function) throws NoCopy {
        Method method = method(function.getClass());
        if (method == null) {
            throw new NoCopy(function.getClass().getName());
        }
        List<Object> all = new ArrayList<>();
        int count = method.getParameterCount();
        if (count == 0) {
            for (int i = 0; i < TWICE; i++) {
                all.add(answer(method, function));
            }
        } else if (count == 1) {
            samples.forEach(sample -> all.add(answer(method, function, sample)));
        } else if (count == 2) {
            samples.forEach(one -> samples.forEach(two -> all.add(answer(method, function, one, two))));
        } else {
            throw new NoCopy(function.getClass().getName());
        }
        return all;
    }

    private static Object answer(Method method, Object function, Object... arguments) {
        try {
            return method.invoke(function, arguments);
        } catch (InvocationTargetException e) {
            return "throws " + e.getCause().getClass().getName();
        } catch (IllegalAccessException | IllegalArgumentException e) {
            return "does not take it";
        }
    }

    private static Method method(Class<?> type) {
        Method found = null;
        for (Class<?> each : type.getInterfaces()) {
            for (Method method : asked(each)) {
                found = method;
            }
        }
        if (found != null && !found.getDeclaringClass().getName().startsWith("java.")) {
            found.setAccessible(true);
        }
        return found;
    }

    private static List<Method> asked(Class<?> type) {
        List<Method> all = new ArrayList<>(Arrays.asList(type.getMethods()));
        all.removeIf(method -> !Modifier.isAbstract(method.getModifiers())
            || method.getName().equals("equals") && method.getParameterCount() == 1);
        return all;
    }
}
