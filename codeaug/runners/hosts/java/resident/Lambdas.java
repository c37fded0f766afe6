package codeaug.resident;

import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.LambdaConversionException;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Stands in the place of LambdaMetafactory for classes of the project and its tests, and so knows of
 * each lambda from which method and values it was made.
 */
public final class Lambdas {
    private static final byte[] JDK = "java/lang/invoke/LambdaMetafactory".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OURS = "codeaug/resident/Lambdas".getBytes(StandardCharsets.US_ASCII);
    private static final int UTF8 = 1;
    private static final Map<Object, Made> KNOWN = Collections.synchronizedMap(new WeakHashMap<>());

    private Lambdas() {}

    /** Of what a lambda consists. */
    static final class Made {
        final Plan plan;
        final List<Object> captured;

        private Made(Plan plan, List<Object> captured) {
            this.plan = plan;
            this.captured = captured;
        }
    }

    /** The code of a lambda by names, and how its calls are to end. */
    static final class Plan {
        final String type;
        final String method;
        final int kind;
        final String owner;
        final String name;
        final String form;
        final String script;

        Plan(String type, String method, int kind, String owner, String name, String form, String script) {
            this.type = type;
            this.method = method;
            this.kind = kind;
            this.owner = owner;
            this.name = name;
            this.form = form;
            this.script = script;
        }

        /** See {@link Function}. */
        Plan with(String other) {
            return new Plan(type, method, kind, owner, name, form, other);
        }

        @Override
        public String toString() {
            return "(" + type.substring(type.lastIndexOf('.') + 1) + ") " + owner + "::" + name
                + (script.isEmpty() ? "" : " that " + script);
        }
    }

    static Made of(Object lambda) {
        return KNOWN.get(lambda);
    }

    /** The class, where lambdas are made by this program. */
    static byte[] noting(byte[] type) {
        int at = 10;
        int count = (type[8] & 255) << 8 | type[9] & 255;
        for (int i = 1; i < count; i++) {
            int tag = type[at];
            if (tag == UTF8) {
                int length = (type[at + 1] & 255) << 8 | type[at + 2] & 255;
                int from = at + 3;
                if (length == JDK.length && Arrays.equals(JDK, Arrays.copyOfRange(type, from, from + length))) {
                    byte[] changed = new byte[type.length - JDK.length + OURS.length];
                    System.arraycopy(type, 0, changed, 0, from);
                    changed[at + 1] = 0;
                    changed[at + 2] = (byte) OURS.length;
                    System.arraycopy(OURS, 0, changed, from, OURS.length);
                    System.arraycopy(type, from + length, changed, from + OURS.length,
                        type.length - from - length);
                    return changed;
                }
                at = from + length;
            } else { // 5, 6: wide, and two entries; 7, 8, 16, 19, 20: one index; 15: three bytes
                at += tag == 5 || tag == 6 ? 9 : tag == 7 || tag == 8 || tag == 16 || tag > 18 ? 3
                    : tag == 15 ? 4 : 5;
                i += tag == 5 || tag == 6 ? 1 : 0;
            }
        }
        return type;
    }

    /** As LambdaMetafactory has it. */
    public static CallSite metafactory(MethodHandles.Lookup caller, String name, MethodType factory,
            MethodType erased, MethodHandle code, MethodType exact) throws LambdaConversionException {
        return noted(LambdaMetafactory.metafactory(caller, name, factory, erased, code, exact),
            caller, name, factory, code);
    }

    /** As LambdaMetafactory has it. */
    public static CallSite altMetafactory(MethodHandles.Lookup caller, String name, MethodType factory,
            Object... more) throws LambdaConversionException {
        return noted(LambdaMetafactory.altMetafactory(caller, name, factory, more),
            caller, name, factory, (MethodHandle) more[1]);
    }

    private static CallSite noted(CallSite site, MethodHandles.Lookup caller, String name,
            MethodType factory, MethodHandle code) {
        try {
            MethodHandleInfo info = caller.revealDirect(code);
            Plan plan = new Plan(factory.returnType().getName(), name, info.getReferenceKind(),
                info.getDeclaringClass().getName(), info.getName(),
                info.getMethodType().toMethodDescriptorString(), "");
            MethodHandle made = MethodHandles.lookup().findStatic(Lambdas.class, "made",
                MethodType.methodType(Object.class, MethodHandle.class, Plan.class, Object[].class));
            return new ConstantCallSite(MethodHandles.insertArguments(made, 0, site.getTarget(), plan)
                .asCollector(Object[].class, factory.parameterCount()).asType(factory));
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            return site;
        }
    }

    private static Object made(MethodHandle site, Plan plan, Object[] captured) throws Throwable {
        Object lambda = site.invokeWithArguments(captured);
        KNOWN.put(lambda, new Made(plan, Arrays.asList(captured)));
        return lambda;
    }

    static void clear() {
        KNOWN.clear();
    }
}
