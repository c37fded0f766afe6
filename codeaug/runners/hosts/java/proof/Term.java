package codeaug.proof;

/**
 * What a slot holds: a constant, a symbol, or a pure operation on other terms. Terms are made by
 * {@link Terms} only, once each, so that equal terms are the same object.
 */
final class Term {
    /** Kinds that are no opcode of the JVM. An operation has its opcode as its kind. */
    static final int CONSTANT = 1000;
    static final int SYMBOL = 1001;
    static final int SUM = 1002; // data: constant, then one coefficient for each argument
    static final int LENGTH = 1003;
    static final int EQUAL = 1010; // the kinds from here on are conditions
    static final int LESS = 1011;
    static final int LESS_OR_EQUAL = 1012; // float and double only: both are false for NaN
    static final int CAST = 1013; // the cast of the argument to `data` is known to succeed
    static final int RESOLVED = 1014; // `data` was resolved on the argument, if it has one

    final int kind;
    /** Z (an int that is 0 or 1), I, J, F, D or A. */
    final char type;
    final Object data;
    final Term[] arguments;
    final int number;
    final boolean ground;

    Term(int kind, char type, Object data, Term[] arguments, int number) {
        this.kind = kind;
        this.type = type;
        this.data = data;
        this.arguments = arguments;
        this.number = number;
        boolean free = kind == SYMBOL;
        for (Term argument : arguments) {
            free |= !argument.ground;
        }
        this.ground = !free;
    }

    boolean wide() {
        return type == 'J' || type == 'D';
    }

    boolean constant() {
        return kind == CONSTANT;
    }

    /** Whether it is 0 or 1 for certain. */
    boolean bit() {
        return type == 'Z' || constant() && type == 'I' && ((Integer) data >>> 1) == 0;
    }

    /** Same operation on other arguments. */
    boolean like(Term other) {
        return kind == other.kind && kind != SYMBOL && data.equals(other.data)
            && arguments.length == other.arguments.length && category() == other.category()
            && (arguments.length == 0 || arguments[0].category() == other.arguments[0].category());
    }

    char category() {
        return type == 'Z' ? 'I' : type;
    }

    @Override
    public String toString() {
        if (constant()) {
            return data instanceof String ? '"' + data.toString() + '"' : data.toString();
        }
        if (kind == SYMBOL) {
            return "v" + number;
        }
        StringBuilder text = new StringBuilder().append(kind);
        if (!data.equals("")) {
            text.append(' ').append(data);
        }
        for (Term argument : arguments) {
            text.append(text.length() > 120 ? " ..." : " (" + argument + ")");
        }
        return text.toString();
    }
}
