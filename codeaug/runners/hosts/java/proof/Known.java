package codeaug.proof;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What holds on a path: conditions that were decided, in the order of deciding. */
final class Known {
    private static final int MOST = 128;

    final Map<Term, Boolean> facts = new LinkedHashMap<>();

    Known copy() {
        Known copy = new Known();
        copy.facts.putAll(facts);
        return copy;
    }

    void add(Term condition, boolean value) {
        if (facts.size() == MOST) {
            facts.remove(facts.keySet().iterator().next()); // to know less is never wrong
        }
        facts.put(condition, value);
    }

    void add(Condition condition, boolean value) {
        if (condition.term != null) {
            add(condition.term, value == condition.when);
        }
    }

    /** Whether the condition holds, or null where that is open. */
    Boolean decide(Condition condition) {
        if (condition.term == null) {
            return condition.when;
        }
        Boolean value = decide(condition.term);
        return value == null ? null : Boolean.valueOf(value == condition.when);
    }

    private Boolean decide(Term condition) {
        Boolean found = facts.get(condition);
        if (found != null || condition.arguments.length < 2) {
            return found;
        }
        Term right = condition.arguments[1];
        if (!right.constant() || condition.arguments[0].category() == 'F'
                || condition.arguments[0].category() == 'D') {
            return null;
        }
        Term value = equal(condition.arguments[0]);
        if (value == null) {
            return null;
        }
        if (condition.kind == Term.EQUAL) {
            return value == right;
        }
        return condition.kind == Term.LESS
            ? Boolean.valueOf(((Number) value.data).longValue() < ((Number) right.data).longValue())
            : null;
    }

    /** The constant that a term is known to equal, or null. Not for float and double. */
    private Term equal(Term term) {
        for (Map.Entry<Term, Boolean> fact : facts.entrySet()) {
            Term condition = fact.getKey();
            if (condition.kind == Term.EQUAL && condition.arguments[0] == term && fact.getValue()
                    && condition.arguments[1].constant()) {
                return condition.arguments[1];
            }
        }
        return null;
    }

    /** The term, or the constant that it is known to be. */
    Term resolved(Terms terms, Term term) {
        if (term.constant() || term.type == 'F' || term.type == 'D' || facts.isEmpty()) {
            return term;
        }
        Term value = equal(term);
        if (value == null && term.type == 'Z') {
            Boolean zero = facts.get(Condition.equal(terms, term, terms.integer(0)).term);
            value = zero == null ? null : terms.integer(zero ? 0 : 1);
        }
        return value == null ? term : value;
    }

    /** Only what is said about these symbols: the rest can never be asked for again. */
    Known about(Set<Term> symbols) {
        Known kept = new Known();
        facts.forEach((condition, value) -> {
            if (mentions(condition, symbols)) {
                kept.facts.put(condition, value);
            }
        });
        return kept;
    }

    private static boolean mentions(Term term, Set<Term> symbols) {
        if (term.ground) {
            return true;
        }
        if (term.kind == Term.SYMBOL) {
            return symbols.contains(term);
        }
        for (Term argument : term.arguments) {
            if (!mentions(argument, symbols)) {
                return false;
            }
        }
        return true;
    }
}
