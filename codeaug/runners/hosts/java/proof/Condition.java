package codeaug.proof;

import org.objectweb.asm.Opcodes;

/** A condition in its normal form: `term` holds, or (not `when`) does not; no term: decided. */
final class Condition implements Opcodes {
    final Term term;
    final boolean when;

    private Condition(Term term, boolean when) {
        this.term = term;
        this.when = when;
    }

    private static Condition decided(boolean value) {
        return new Condition(null, value);
    }

    Condition not() {
        return new Condition(term, !when);
    }

    static Condition fact(Term term) {
        return new Condition(term, true);
    }

    /** When the jump of a conditional branch is taken; for one operand, `b` is 0 or null. */
    static Condition of(Terms terms, int opcode, Term a, Term b) {
        switch (opcode) {
            case IFNULL: case IF_ACMPEQ: return same(terms, a, b);
            case IFNONNULL: case IF_ACMPNE: return same(terms, a, b).not();
            case IFEQ: case IF_ICMPEQ: return compared(terms, a, b, true, 0);
            case IFNE: case IF_ICMPNE: return compared(terms, a, b, true, 0).not();
            case IFLT: case IF_ICMPLT: return compared(terms, a, b, false, -1);
            case IFGE: case IF_ICMPGE: return compared(terms, a, b, false, -1).not();
            case IFGT: case IF_ICMPGT: return compared(terms, a, b, false, 1);
            default: return compared(terms, a, b, false, 1).not();
        }
    }

    /** References: constants are the same object when they are the same constant. */
    static Condition same(Terms terms, Term a, Term b) {
        if (a == b || a.constant() && b.constant()) {
            return decided(a == b);
        }
        boolean swap = a.constant() || !b.constant() && a.number > b.number;
        return new Condition(terms.make(Term.EQUAL, 'Z', "A", swap ? b : a, swap ? a : b), true);
    }

    /** `a == b` (side 0), `a < b` (side -1) or `a > b` (side 1). */
    private static Condition compared(Terms terms, Term a, Term b, boolean equal, int side) {
        boolean zero = b.constant() && b.data.equals(0);
        if (zero && a.kind == LCMP) {
            return equal ? equal(terms, a.arguments[0], a.arguments[1])
                : less(terms, a.arguments, side);
        }
        if (zero && a.kind >= FCMPL && a.kind <= DCMPG) {
            return equal ? floating(terms, Term.EQUAL, a.arguments, -1) : unordered(terms, a, side);
        }
        return equal ? equal(terms, a, b) : less(terms, new Term[] {a, b}, side);
    }

    /** `cmpl` is -1 for NaN and `cmpg` is 1: then "less" with cmpl is "not greater or equal". */
    private static Condition unordered(Terms terms, Term compared, int side) {
        boolean minus = compared.kind == FCMPL || compared.kind == DCMPL;
        return minus == (side < 0) ? floating(terms, Term.LESS_OR_EQUAL, compared.arguments, -side).not()
            : floating(terms, Term.LESS, compared.arguments, side);
    }

    private static Condition floating(Terms terms, int kind, Term[] on, int side) {
        boolean swap = side > 0 || kind == Term.EQUAL && on[0].number > on[1].number;
        Term a = on[swap ? 1 : 0];
        return new Condition(terms.make(kind, 'Z', "" + a.type, a, on[swap ? 0 : 1]), true);
    }

    static Condition equal(Terms terms, Term a, Term b) {
        char type = a.category();
        Term difference = terms.sum(type, a, 1, b, -1);
        if (difference.constant()) {
            return decided(((Number) difference.data).longValue() == 0);
        }
        boolean swap = a.constant() || !b.constant() && a.number > b.number;
        Term left = swap ? b : a;
        Term right = swap ? a : b;
        if (right.constant() && left.bit() && !right.data.equals(0)) {
            return right.data.equals(1)
                ? new Condition(terms.make(Term.EQUAL, 'Z', "I", left, terms.integer(0)), false)
                : decided(false);
        }
        return new Condition(terms.make(Term.EQUAL, 'Z', "" + type, left, right), true);
    }

    /** A constant stands on the right: `c < x` is `!(x < c + 1)` unless c is the greatest. */
    static Condition less(Terms terms, Term[] on, int side) {
        Term a = on[side < 0 ? 0 : 1];
        Term b = on[side < 0 ? 1 : 0];
        char type = a.category();
        if (a.constant() && b.constant()) {
            return decided(((Number) a.data).longValue() < ((Number) b.data).longValue());
        }
        long most = type == 'J' ? Long.MAX_VALUE : Integer.MAX_VALUE;
        long least = type == 'J' ? Long.MIN_VALUE : Integer.MIN_VALUE;
        if (a == b || is(a, most) || is(b, least)) {
            return decided(false);
        }
        if (a.constant()) {
            Term next = terms.whole(type, ((Number) a.data).longValue() + 1);
            return new Condition(terms.make(Term.LESS, 'Z', "" + type, b, next), false);
        }
        return new Condition(terms.make(Term.LESS, 'Z', "" + type, a, b), true);
    }

    private static boolean is(Term term, long value) {
        return term.constant() && ((Number) term.data).longValue() == value;
    }
}
