package codeaug.proof;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.tree.MethodNode;

/**
 * Proves that a changed file means the same as the original, by the bytecode of both.
 *
 * <p>Outside the unit all must be identical: classes, members, attributes, code; only debug
 * information and the compiler's own numbers (lambdas, accessors, anonymous classes) may differ. The
 * unit's own code, its lambdas and its anonymous classes must be identical, or go through
 * {@link Simulation}. Not looked at: stack traces, line numbers, time, memory, errors of the virtual
 * machine, and names of anonymous classes and of parameters that are only debug information.
 *
 * <p>Candidate classes are read, never loaded.
 */
public final class Prover {
    private Map<String, byte[]> lastFiles; // an original has many variants
    private Classes last;

    /**
     * Both maps hold all classes that the file compiles to. `unit` is the qualified name of the
     * changed function (`Shop.price(int)`); empty where it may be any.
     */
    public Proof prove(Map<String, byte[]> original, Map<String, byte[]> changed, String unit) {
        if (same(original, changed)) {
            return Proof.of("identical", "the class files are the same");
        }
        try {
            if (original != lastFiles) {
                last = Classes.read(original);
                lastFiles = original;
            }
            return prove(last, Renaming.apply(last, Classes.read(changed)), simpleName(unit));
        } catch (Unknown unknown) {
            return Proof.unknown(unknown.getMessage());
        } catch (RuntimeException | StackOverflowError fault) {
            return Proof.unknown("the prover failed: " + fault); // its fault, and no proof
        }
    }

    private static boolean same(Map<String, byte[]> one, Map<String, byte[]> two) {
        return one.keySet().equals(two.keySet()) && one.keySet().stream()
            .allMatch(name -> Arrays.equals(one.get(name), two.get(name)));
    }

    /** `price` of `Shop.price(int)`; a constructor's is `<init>`. */
    private static String simpleName(String unit) {
        String name = unit.replaceAll("\\(.*", "").replaceAll("#\\d+$", "");
        String[] parts = name.split("\\.");
        int last = parts.length - 1;
        return last > 0 && parts[last].equals(parts[last - 1]) ? "<init>" : parts[last];
    }

    private Proof prove(Classes left, Classes right, String unit) {
        Set<String> names = left.nodes.keySet();
        if (!names.equals(right.nodes.keySet())) {
            throw new Unknown("other classes: " + names + " and " + right.nodes.keySet());
        }
        for (String name : names) {
            if (!left.shape(name).equals(right.shape(name))) {
                throw new Unknown("class " + name + " differs outside its code");
            }
        }
        Pairs pairs = new Pairs(left, right);
        int simulated = 0;
        for (Reference method : left.references()) {
            if (!left.madeUp(method)) {
                boolean may = unit.isEmpty() || method.name.equals(unit)
                    || Classes.numbered(method.owner);
                simulated += pair(left, right, method, method, pairs, may);
            }
        }
        for (Reference[] next = pairs.next(); next != null; next = pairs.next()) {
            simulated += pair(left, right, next[0], next[1], pairs, true);
        }
        return simulated == 0 ? Proof.of("identical", "the same code after normalisation")
            : Proof.of("lock-step", simulated + " simulated");
    }

    /** 0 for identical code, 1 where the simulation was needed. */
    private int pair(Classes left, Classes right, Reference one, Reference two, Pairs pairs,
            boolean may) {
        MethodNode method = left.method(one);
        if (method.instructions.size() == 0) {
            return 0; // both abstract or native: the shapes are equal
        }
        Body first = left.body(one);
        Body second = right.body(two);
        if (Identity.of(first, second, pairs)) {
            return 0;
        }
        if (!may) {
            throw new Unknown("the code of " + one + " differs, outside the unit");
        }
        try {
            new Simulation(first, second, pairs).run();
        } catch (Unknown unknown) {
            throw new Unknown(one.name + ": " + unknown.getMessage());
        }
        return 1;
    }
}
