package codeaug.proof;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * States compared as patterns: whether one is a special case of another, and the least general one
 * that covers two (anti-unification of all slots of both sides at once, so that what was equal, or
 * an operation on the same, in both states still is).
 */
final class General {
    private final Terms terms;

    General(Terms terms) {
        this.terms = terms;
    }

    /** Whether the state is the pattern with its symbols replaced, and knows all it knows. */
    boolean covers(State pattern, State state) {
        Map<Term, Term> replaced = new HashMap<>();
        Term[] slots = state.slots();
        Term[] patterns = pattern.slots();
        for (int i = 0; i < slots.length; i++) {
            if (patterns[i] != null && !matches(patterns[i], slots[i], replaced)) {
                return false;
            }
        }
        for (Map.Entry<Term, Boolean> fact : pattern.known.facts.entrySet()) {
            if (!holds(fact.getKey(), fact.getValue(), state, replaced)) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(Term fact, boolean value, State state, Map<Term, Term> replaced) {
        Term[] on = new Term[fact.arguments.length];
        for (int i = 0; i < on.length; i++) {
            on[i] = replaced(fact.arguments[i], replaced);
        }
        boolean whole = fact.data.equals("I") || fact.data.equals("J");
        Condition condition = fact.kind == Term.EQUAL && fact.data.equals("A")
            ? Condition.same(terms, on[0], on[1])
            : fact.kind == Term.EQUAL && whole ? Condition.equal(terms, on[0], on[1])
            : fact.kind == Term.LESS && whole ? Condition.less(terms, on, -1)
            : Condition.fact(terms.make(fact.kind, fact.type, fact.data, on));
        return Boolean.valueOf(value).equals(state.known.decide(condition));
    }

    private Term replaced(Term term, Map<Term, Term> replaced) {
        if (term.ground || term.kind == Term.SYMBOL) {
            return term.ground ? term : replaced.getOrDefault(term, term);
        }
        Term[] arguments = new Term[term.arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = replaced(term.arguments[i], replaced);
        }
        return again(term, arguments);
    }

    private boolean matches(Term pattern, Term term, Map<Term, Term> replaced) {
        if (term == null) {
            return false;
        }
        if (pattern.ground) {
            return pattern == term;
        }
        if (pattern.kind == Term.SYMBOL) {
            boolean fits = pattern.category() == term.category()
                && (pattern.type != 'Z' || term.bit());
            Term before = fits ? replaced.putIfAbsent(pattern, term) : null;
            return fits && (before == null || before == term);
        }
        if (!pattern.like(term)) {
            return false;
        }
        for (int i = 0; i < pattern.arguments.length; i++) {
            if (!matches(pattern.arguments[i], term.arguments[i], replaced)) {
                return false;
            }
        }
        return true;
    }

    /** The least general state that covers both, which stand at the same places. */
    State covering(State one, State two) {
        Map<List<Term>, Term> made = new LinkedHashMap<>();
        State state = one.copy();
        Term[] first = one.slots();
        Term[] second = two.slots();
        if (first.length != second.length) {
            throw new IllegalStateException("two depths of a stack at one place");
        }
        for (int i = 0; i < first.length; i++) {
            boolean both = first[i] != null && second[i] != null;
            first[i] = both ? covering(first[i], second[i], made, true) : null;
        }
        state.fill(first);
        state.known = new Known();
        for (Map.Entry<Term, Boolean> a : one.known.facts.entrySet()) {
            for (Map.Entry<Term, Boolean> b : two.known.facts.entrySet()) {
                Term both = a.getValue().equals(b.getValue()) && a.getKey().like(b.getKey())
                    ? covering(a.getKey(), b.getKey(), made, false) : null;
                if (both != null) {
                    state.known.add(both, a.getValue());
                }
            }
        }
        return state;
    }

    /** Null where a symbol would be needed that may not be made. */
    private Term covering(Term a, Term b, Map<List<Term>, Term> made, boolean make) {
        if (a == b && a.ground) {
            return a;
        }
        List<Term> pair = Arrays.asList(a, b);
        Term known = made.get(pair);
        if (known != null) {
            return known;
        }
        Term result = null;
        if (a.like(b)) {
            Term[] arguments = new Term[a.arguments.length];
            boolean whole = arguments.length > 0;
            for (int i = 0; i < arguments.length && whole; i++) {
                arguments[i] = covering(a.arguments[i], b.arguments[i], made, make);
                whole = arguments[i] != null;
            }
            result = whole ? again(a, arguments) : null;
        }
        if (result == null && make) {
            boolean same = a == b && a.kind == Term.SYMBOL;
            result = same ? a : terms.symbol(a.bit() && b.bit() ? 'Z' : a.category());
        }
        if (result != null) {
            made.put(pair, result);
        }
        return result;
    }

    /** The term's operation on other arguments, in its normal form. */
    private Term again(Term a, Term[] arguments) {
        if (a.kind == Term.SUM) {
            List<?> data = (List<?>) a.data;
            Term sum = terms.whole(a.type, (Long) data.get(0));
            for (int i = 0; i < arguments.length; i++) {
                sum = terms.sum(a.type, sum, 1, arguments[i], (Long) data.get(i + 1));
            }
            return sum;
        }
        if (a.kind >= Term.EQUAL) {
            return terms.make(a.kind, a.type, a.data, arguments);
        }
        return a.kind < Term.CONSTANT && a.data.equals("") && arguments.length <= 2
            ? terms.operation(a.kind, a.category(), arguments)
            : terms.make(a.kind, a.data.equals("") ? a.category() : a.type, a.data, arguments);
    }

    /** All symbols in the state's slots. */
    static Set<Term> symbols(State state) {
        Set<Term> found = new HashSet<>();
        Set<Term> seen = new HashSet<>();
        for (Term slot : state.slots()) {
            if (slot != null) {
                collect(slot, found, seen);
            }
        }
        return found;
    }

    private static void collect(Term term, Set<Term> found, Set<Term> seen) {
        if (term.ground || !seen.add(term)) {
            return;
        }
        if (term.kind == Term.SYMBOL) {
            found.add(term);
        }
        for (Term argument : term.arguments) {
            collect(argument, found, seen);
        }
    }
}
