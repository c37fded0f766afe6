package codeaug.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;

/**
 * Makes terms in a normal form. int and long wrap around, so that they are sums of multiples modulo
 * 2^32 and 2^64, and + * & | ^ have no order. float and double keep every operation as written.
 */
final class Terms implements Opcodes {
    static final Object NULL = new Object() {
        @Override
        public String toString() {
            return "null";
        }
    };
    private static final Term[] NONE = {};
    private static final Comparator<Term> ORDER = Comparator.comparingInt(term -> term.number);

    private final Map<List<Object>, Term> known = new HashMap<>();
    private int count;

    final Term nothing = constant('A', NULL);

    Term symbol(char type) {
        return new Term(Term.SYMBOL, type, "", NONE, count++);
    }

    Term constant(char type, Object value) {
        return make(Term.CONSTANT, type, value);
    }

    Term integer(int value) {
        return constant('I', value);
    }

    Term whole(char type, long value) {
        return type == 'J' ? constant('J', value) : constant('I', (int) value);
    }

    Term make(int kind, char type, Object data, Term... arguments) {
        List<Object> key = new ArrayList<>(arguments.length + 3);
        key.add(kind);
        key.add(type);
        key.add(data);
        Collections.addAll(key, (Object[]) arguments);
        Term found = known.get(key);
        if (found == null) {
            found = new Term(kind, type, data, arguments, count++);
            known.put(key, found);
        }
        return found;
    }

    private static long value(Term constant) {
        return ((Number) constant.data).longValue();
    }

    private static boolean integral(Term term) {
        return term.category() == 'I' || term.type == 'J';
    }

    /** The pure operation that a JVM opcode stands for. */
    Term operation(int opcode, char type, Term... on) {
        boolean whole = type == 'I' || type == 'J';
        switch (opcode) {
            case IADD: case LADD:
                return sum(type, on[0], 1, on[1], 1);
            case ISUB: case LSUB:
                return sum(type, on[0], 1, on[1], -1);
            case INEG: case LNEG:
                return sum(type, on[0], -1, whole(type, 0), 1);
            case IMUL: case LMUL:
                return product(opcode, type, on[0], on[1]);
            case ISHL: case LSHL:
                if (on[1].constant()) {
                    long places = value(on[1]) & (type == 'J' ? 63 : 31);
                    return sum(type, on[0], 1L << places, whole(type, 0), 1);
                }
                break;
            case IAND: case IOR: case IXOR: case LAND: case LOR: case LXOR:
                return bits(opcode, type, on[0], on[1]);
            default:
                break;
        }
        Term folded = whole ? folded(opcode, type, on) : null;
        return folded != null ? folded : make(opcode, type, "", on);
    }

    Term sum(char type, Term first, long times, Term second, long more) {
        TreeMap<Term, Long> atoms = new TreeMap<>(ORDER);
        long constant = spread(atoms, first, times) + spread(atoms, second, more);
        List<Object> data = new ArrayList<>();
        List<Term> arguments = new ArrayList<>();
        data.add(cut(type, constant));
        for (Map.Entry<Term, Long> atom : atoms.entrySet()) {
            long coefficient = cut(type, atom.getValue());
            if (coefficient != 0) {
                data.add(coefficient);
                arguments.add(atom.getKey());
            }
        }
        if (arguments.isEmpty()) {
            return whole(type, constant);
        }
        boolean alone = arguments.size() == 1 && data.get(0).equals(0L) && data.get(1).equals(1L);
        return alone ? arguments.get(0)
            : make(Term.SUM, type, data, arguments.toArray(NONE));
    }

    private static long spread(Map<Term, Long> atoms, Term term, long times) {
        if (term.constant()) {
            return value(term) * times;
        }
        if (term.kind != Term.SUM) {
            atoms.merge(term, times, Long::sum);
            return 0;
        }
        List<?> data = (List<?>) term.data;
        for (int i = 0; i < term.arguments.length; i++) {
            atoms.merge(term.arguments[i], (Long) data.get(i + 1) * times, Long::sum);
        }
        return (Long) data.get(0) * times;
    }

    private static long cut(char type, long value) {
        return type == 'J' ? value : (int) value;
    }

    private Term product(int opcode, char type, Term a, Term b) {
        if (a.constant() || b.constant()) {
            Term other = a.constant() ? b : a;
            return sum(type, other, value(a.constant() ? a : b), whole(type, 0), 1);
        }
        return make(opcode, type, "", flat(opcode, a, b));
    }

    private Term bits(int opcode, char type, Term a, Term b) {
        if (a.constant() && b.constant()) {
            long x = value(a);
            long y = value(b);
            return whole(type, opcode == IAND || opcode == LAND ? x & y
                : opcode == IOR || opcode == LOR ? x | y : x ^ y);
        }
        char kept = a.bit() && b.bit() ? 'Z' : type;
        return make(opcode, kept, "", flat(opcode, a, b));
    }

    private static Term[] flat(int opcode, Term... terms) {
        List<Term> all = new ArrayList<>();
        for (Term term : terms) {
            all.addAll(term.kind == opcode ? Arrays.asList(term.arguments)
                : Collections.singletonList(term));
        }
        all.sort(ORDER);
        return all.toArray(NONE);
    }

    private Term folded(int opcode, char type, Term... on) {
        for (Term term : on) {
            if (!term.constant() || !integral(term)) {
                return null;
            }
        }
        long a = value(on[0]);
        long b = on.length > 1 ? value(on[1]) : 0;
        switch (opcode) {
            case IDIV: case LDIV: return b == 0 ? null : whole(type, a / b);
            case IREM: case LREM: return b == 0 ? null : whole(type, a % b);
            case ISHR: return integer((int) a >> b);
            case IUSHR: return integer((int) a >>> b);
            case LSHR: return whole(type, a >> b);
            case LUSHR: return whole(type, a >>> b);
            case I2L: case L2I: return whole(type, a);
            case I2B: return integer((byte) a);
            case I2C: return integer((char) a);
            case I2S: return integer((short) a);
            case LCMP: return integer(Long.compare(a, b));
            default: return null;
        }
    }
}
