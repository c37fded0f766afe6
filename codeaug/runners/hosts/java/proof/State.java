package codeaug.proof;

/** Both sides at one moment, and what is known of the values they hold. */
final class State {
    final Side left;
    final Side right;
    Known known;
    /** Splits and loops that only one side has made since both last did the same. */
    int alone;
    /** Whether a side went back in a loop since the last node. */
    boolean back;

    State(Side left, Side right, Known known) {
        this.left = left;
        this.right = right;
        this.known = known;
    }

    State copy() {
        State copy = new State(left.copy(), right.copy(), known.copy());
        copy.alone = alone;
        copy.back = back;
        return copy;
    }

    long place() {
        return (long) left.at << 32 | right.at;
    }

    /** Values of both sides in one row: of states at the same places they correspond. */
    Term[] slots() {
        Term[] slots = new Term[size(left) + size(right)];
        put(left, slots, 0);
        put(right, slots, size(left));
        return slots;
    }

    void fill(Term[] slots) {
        take(left, slots, 0);
        take(right, slots, size(left));
    }

    /** Forgets locals that are never read again, and what is known of values that are gone. */
    void prune() {
        prune(left);
        prune(right);
        known = known.about(General.symbols(this));
    }

    private static void prune(Side side) {
        for (int i = 0; i < side.locals.length; i++) {
            if (!side.body.live(side.at, i)) {
                side.locals[i] = null;
            }
        }
    }

    private static int size(Side side) {
        return side.stack.size + side.locals.length;
    }

    private static void put(Side side, Term[] slots, int from) {
        System.arraycopy(side.stack.items, 0, slots, from, side.stack.size);
        System.arraycopy(side.locals, 0, slots, from + side.stack.size, side.locals.length);
    }

    private static void take(Side side, Term[] slots, int from) {
        System.arraycopy(slots, from, side.stack.items, 0, side.stack.size);
        System.arraycopy(slots, from + side.stack.size, side.locals, 0, side.locals.length);
    }
}
