package codeaug.resident;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A lambda of the tests, made again: notes how often and with what it is called. A script lets its
 * calls end in other ways: `throws TYPE in CALLS` (a bit a call), also without a message, `gives null in CALLS`,
 * `gives chance SEED`; or they call the unit again (see Journal).
 */
final class Function implements InvocationHandler {
    static final String SILENTLY = "silently";
    private static final int NOTES = 1000;
    private static final int ALLOWED = -1; // trusted lookups before Java 16

    final Lambdas.Plan plan;
    final List<Object> captured;
    final List<Shape> notes = new ArrayList<>();
    private final MethodHandle code;
    private final ClassLoader loader;
    private int calls;

    private Function(Lambdas.Plan plan, List<Object> captured, ClassLoader loader)
            throws NoCopy, ReflectiveOperationException {
        this.plan = plan;
        this.captured = captured;
        this.loader = loader;
        this.code = code(plan, loader);
    }

    static Object made(Lambdas.Plan plan, List<Object> captured, ClassLoader loader)
            throws NoCopy, ReflectiveOperationException {
        Class<?> type = Class.forName(plan.type, true, loader);
        ClassLoader home = type.getClassLoader() == null ? Function.class.getClassLoader() : type.getClassLoader();
        return Proxy.newProxyInstance(home, new Class<?>[] {type}, new Function(plan, captured, loader));
    }

    /** What is behind such an object, or null. */
    static Function of(Object value) {
        InvocationHandler handler = Proxy.isProxyClass(value.getClass()) ? Proxy.getInvocationHandler(value) : null;
        return handler instanceof Function ? (Function) handler : null;
    }

    private static MethodHandle code(Lambdas.Plan plan, ClassLoader loader)
            throws NoCopy, ReflectiveOperationException {
        Class<?> owner = Class.forName(plan.owner, true, loader);
        Class<?>[] types = MethodType.fromMethodDescriptorString(plan.form, loader).parameterArray();
        boolean own = owner.getClassLoader() == loader;
        if (plan.kind == MethodHandleInfo.REF_newInvokeSpecial) {
            Constructor<?> made = owner.getDeclaredConstructor(types);
            if (own) {
                made.setAccessible(true);
            }
            return MethodHandles.lookup().unreflectConstructor(made);
        }
        Method method = owner.getDeclaredMethod(plan.name, types);
        if (own) {
            method.setAccessible(true);
        }
        return MethodHandles.lookup().unreflect(method);
    }

    @Override
    public Object invoke(Object self, Method method, Object[] given) throws Throwable {
        Object[] arguments = given == null ? new Object[0] : given;
        if (method.getDeclaringClass() == Object.class) {
            return method.getName().equals("equals") ? (Object) (self == arguments[0])
                : method.getName().equals("hashCode") ? (Object) 1 : plan.toString();
        }
        if (!Modifier.isAbstract(method.getModifiers())) {
            return inherited(self, method, arguments);
        }
        String asked = text(Arrays.asList(arguments));
        Object result;
        try {
            result = answer(method.getReturnType(), asked, arguments);
        } catch (Throwable e) {
            note(asked + " throws " + e.getClass().getName());
            throw e;
        }
        note(asked + " gives " + text(Collections.singletonList(result)));
        return result;
    }

    private Object answer(Class<?> gives, String asked, Object[] arguments) throws Throwable {
        if (plan.script.equals(Journal.AGAIN)) {
            Journal.present().callAgain();
        }
        String[] words = plan.script.split(" ");
        int call = calls++;
        boolean now = words.length > 3 && call < 31 && (Integer.parseInt(words[3]) >> call & 1) == 1;
        if (now && words[0].equals("throws")) {
            throw raised(Class.forName(words[1], true, loader), plan.script.endsWith(SILENTLY), "scripted");
        }
        if (now && !gives.isPrimitive()) {
            return null;
        }
        if (words[0].equals("gives") && words[1].equals("chance") && gives == boolean.class) {
            return ((asked + words[2]).hashCode() * 0x9E3779B1 >>> 16 & 1) == 1;
        }
        List<Object> all = new ArrayList<>(captured);
        Collections.addAll(all, arguments);
        return code.invokeWithArguments(all);
    }

    /** Its trace begins here: see Purpose. */
    static Throwable raised(Class<?> type, boolean silently, String words) throws ReflectiveOperationException {
        List<List<Class<?>>> forms = new ArrayList<>(Arrays.asList(Collections.<Class<?>>singletonList(String.class),
            Collections.<Class<?>>singletonList(Object.class)));
        forms.add(silently ? 0 : forms.size(), Collections.<Class<?>>emptyList());
        for (List<Class<?>> form : forms) {
            try {
                Constructor<?> made = type.getName().startsWith("java.")
                    ? type.getConstructor(form.toArray(new Class<?>[0]))
                    : type.getDeclaredConstructor(form.toArray(new Class<?>[0]));
                if (!type.getName().startsWith("java.")) {
                    made.setAccessible(true);
                }
                Throwable thrown = (Throwable) (form.isEmpty() ? made.newInstance() : made.newInstance(words));
                thrown.setStackTrace(new Throwable().getStackTrace());
                return thrown;
            } catch (NoSuchMethodException e) {
                continue;
            }
        }
        return new IllegalStateException(words);
    }

    private static Object inherited(Object self, Method method, Object[] arguments) throws Throwable {
        try {
            return InvocationHandler.class.getMethod("invokeDefault", Object.class, Method.class, Object[].class)
                .invoke(null, self, method, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } catch (NoSuchMethodException old) { // before Java 16
            Constructor<MethodHandles.Lookup> lookup =
                MethodHandles.Lookup.class.getDeclaredConstructor(Class.class, int.class);
            lookup.setAccessible(true);
            return lookup.newInstance(method.getDeclaringClass(), ALLOWED)
                .unreflectSpecial(method, method.getDeclaringClass()).bindTo(self).invokeWithArguments(arguments);
        }
    }

    private void note(String what) {
        if (notes.size() < NOTES) {
            notes.add(Shape.of(what));
        }
    }

    static String text(List<Object> values) {
        try {
            return String.valueOf(Recorder.shown(Copies.apart(values)));
        } catch (NoCopy e) {
            return e.getMessage();
        }
    }
}
