package codeaug.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Where one side's silent run ended: at something that the other side has to do as well. */
final class Stop {
    enum Kind { EVENT, BRANCH, SWITCH, BACK, RETURN, THROW }

    final Kind kind;
    /** What is done; the same text is the same operation. */
    final String key;
    final Term[] operands;
    /** Lambda bodies and accessors that are meant, in place of names in `key`. */
    List<Reference> references = Collections.emptyList();
    /** How many values leave the stack when it is passed. */
    int taken;
    /** Whether the result is certainly not null. */
    boolean present;
    /** Type of the result of an event: V for none, else a new symbol's; `value` instead if set. */
    char result = 'V';
    Term value;
    /** What is known once the event has ended without an exception. */
    final List<Condition> learnt = new ArrayList<>();
    Condition condition;
    /** Where it goes on: if the condition holds; for a switch one for each key, then the default. */
    int[] targets = {};
    List<Integer> keys = Collections.emptyList();

    Stop(Kind kind, String key, Term... operands) {
        this.kind = kind;
        this.key = key;
        this.operands = operands;
        this.taken = operands.length;
    }

    Stop gives(char type) {
        result = type;
        return this;
    }

    Stop is(Term term) {
        result = term.type;
        value = term;
        return this;
    }

    Stop learns(Condition holds) {
        learnt.add(holds);
        return this;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind.name().toLowerCase(java.util.Locale.ROOT));
        text.append(' ').append(condition != null && condition.term != null ? condition.term : key);
        for (Term operand : operands) {
            text.append(text.length() > 160 ? " ..." : " (" + operand + ")");
        }
        return text.toString();
    }
}
