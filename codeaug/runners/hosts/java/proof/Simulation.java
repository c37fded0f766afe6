package codeaug.proof;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Lock-step simulation of two bodies of one method. Both are run on the same symbols; whatever can
 * have an effect (calls, fields, arrays, allocation, casts, divisors that may be zero, monitors,
 * returns, exceptions) has to be done by both, in order, on equal operands; all else is silent.
 *
 * <p>Where a condition is open both ways are followed. Loops close by induction: a pair of places
 * that is reached again in a special case of a state that was followed there needs no more; in
 * another state, both are generalised and followed again. Every round in such a circle contains a
 * step that both sides made, so that one runs for ever only if the other does.
 */
final class Simulation implements Opcodes {
    private static final int MOST_STEPS = 4000;
    private static final int MOST_ALONE = 300;
    private static final int MOST_STATES = 4; // of one pair of places, before they are generalised

    private final Body left;
    private final Body right;
    private final Terms terms = new Terms();
    private final General general = new General(terms);
    private final Pairs pairs;
    private final Map<Long, List<State>> nodes = new HashMap<>();
    private final Deque<State> waiting = new ArrayDeque<>();
    private int steps;

    Simulation(Body left, Body right, Pairs pairs) {
        this.left = left.prepared();
        this.right = right.prepared();
        this.pairs = pairs;
    }

    /** Returns when it is proved; throws Unknown otherwise. */
    void run() {
        Side one = new Side(left, terms, pairs.left::madeUp);
        Side two = new Side(right, terms, pairs.right::madeUp);
        Known known = new Known();
        int slot = 0;
        if ((left.method.access & ACC_STATIC) == 0) {
            Term self = terms.symbol('A');
            one.locals[0] = two.locals[0] = self;
            known.add(Condition.same(terms, self, terms.nothing), false);
            slot = 1;
        }
        for (Type type : Type.getArgumentTypes(left.method.desc)) {
            one.locals[slot] = two.locals[slot] = terms.symbol(Signature.kind(type));
            slot += type.getSize();
        }
        waiting.add(new State(one, two, known));
        while (!waiting.isEmpty()) {
            follow(waiting.removeLast());
        }
    }

    private void follow(State state) {
        State now = state;
        while (now != null) {
            if (++steps > MOST_STEPS || now.alone > MOST_ALONE) {
                throw new Unknown(steps > MOST_STEPS ? "too many steps" : "one side runs on alone");
            }
            now = step(now);
        }
    }

    /** The state after what both sides, or one of them, do next; null when it ends or is put off. */
    private State step(State state) {
        Stop a = state.left.run(state.known);
        Stop b = state.right.run(state.known);
        boolean leftBack = a.kind == Stop.Kind.BACK;
        boolean rightBack = b.kind == Stop.Kind.BACK;
        if (leftBack || rightBack) {
            return back(state, leftBack ? a : null, rightBack ? b : null);
        }
        if (a.condition != null || b.condition != null) {
            boolean together = a.condition != null && b.condition != null
                && a.condition.term == b.condition.term;
            return split(state, a.condition != null ? a : b, together);
        }
        check(state, a, b);
        if (a.kind == Stop.Kind.RETURN) {
            return null;
        }
        handlers(state);
        return a.kind == Stop.Kind.THROW ? null : passed(state, a, b);
    }

    private State back(State state, Stop a, Stop b) {
        if (a != null) {
            state.left.pass(a, a.targets[0]);
        }
        if (b != null) {
            state.right.pass(b, b.targets[0]);
        }
        state.back = true;
        state.alone = a != null && b != null ? 0 : state.alone + 1;
        return a != null && b != null ? node(state) : state;
    }

    /** Follows both ways of a condition that one side, or both, ask for. */
    private State split(State state, Stop asked, boolean together) {
        State now = state;
        Stop stop = asked;
        if (together) {
            now = node(state);
            if (now == null) {
                return null;
            }
            Stop a = now.left.run(now.known); // the terms are others if it was generalised
            Stop b = now.right.run(now.known);
            stop = a.condition != null ? a : b;
            if (stop.condition == null) {
                return now;
            }
        }
        now.alone++;
        State other = now.copy();
        other.known.add(stop.condition, false);
        waiting.add(other);
        now.known.add(stop.condition, true);
        return now;
    }

    private void check(State state, Stop a, Stop b) {
        boolean same = a.kind == b.kind && a.key.equals(b.key)
            && a.operands.length == b.operands.length;
        for (int i = 0; same && i < a.operands.length; i++) {
            same = equal(state.known, a.operands[i], b.operands[i]);
        }
        if (!same || !pairs.assume(a.references, b.references)) {
            throw new Unknown("the effects differ: " + a + " and " + b);
        }
    }

    private boolean equal(Known known, Term a, Term b) {
        if (a == b) {
            return true;
        }
        Term one = known.resolved(terms, a);
        Term two = known.resolved(terms, b);
        if (one == two) {
            return true;
        }
        if (one.category() == 'A' && two.category() == 'A') {
            return Boolean.TRUE.equals(known.decide(Condition.same(terms, one, two)));
        }
        return false;
    }

    private State passed(State state, Stop a, Stop b) {
        Term result = a.value != null ? a.value
            : a.result == 'V' ? null : terms.symbol(a.result);
        Term other = b.value != null ? b.value : result;
        state.left.pass(a, result);
        state.right.pass(b, other);
        for (Condition condition : a.learnt) {
            state.known.add(condition, true);
        }
        for (Condition condition : b.learnt) {
            state.known.add(condition, true);
        }
        if (a.present && result != null) {
            state.known.add(Condition.same(terms, result, terms.nothing), false);
        }
        state.alone = 0;
        return state.back ? node(state) : state;
    }

    /** The event may end in an exception: then both go on in handlers of the same types, if any. */
    private void handlers(State state) {
        Body.Handler[] one = left.handlers(state.left.at);
        Body.Handler[] two = right.handlers(state.right.at);
        boolean same = one.length == two.length;
        for (int i = 0; same && i < one.length; i++) {
            same = one[i].type.equals(two[i].type);
        }
        if (!same) {
            throw new Unknown("other exception handlers around the same effect");
        }
        for (int i = 0; i < one.length; i++) {
            State caught = state.copy();
            Term exception = terms.symbol('A');
            caught.known.add(Condition.same(terms, exception, terms.nothing), false);
            caught.left.enter(one[i].target, exception);
            caught.right.enter(two[i].target, exception);
            State next = node(caught);
            if (next != null) {
                waiting.add(next);
            }
        }
    }

    /** The state to follow from here, or null where one that was or will be followed covers it. */
    private State node(State state) {
        if (state.left.ran == 0 || state.right.ran == 0) {
            return state; // one stands still: to close a circle here would prove nothing
        }
        state.prune();
        List<State> stored = nodes.computeIfAbsent(state.place(), place -> new ArrayList<>());
        for (State one : stored) {
            if (general.covers(one, state)) {
                return null;
            }
        }
        State kept = state;
        boolean many = stored.size() >= (state.back ? 1 : MOST_STATES);
        if (many) {
            for (State one : stored) {
                kept = general.covering(one, kept);
            }
            kept.prune();
        }
        State last = kept;
        stored.removeIf(one -> many || general.covers(last, one));
        kept.back = false;
        kept.alone = 0;
        kept.left.ran = 0;
        kept.right.ran = 0;
        stored.add(kept.copy());
        return kept;
    }
}
