package codeaug.proof;

import java.util.List;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** One of the two bodies at one place: its stack and locals. It runs silently as far as it can. */
final class Side implements Opcodes {
    private static final int MOST_SILENT = 5000;
    private static final Term[] NONE = {};

    final Body body;
    final Terms terms;
    final Predicate<Reference> madeUp;
    final Stack stack;
    final Term[] locals;
    int at;
    /** Instructions passed since the last node: none means no progress, and no induction. */
    int ran;

    Side(Body body, Terms terms, Predicate<Reference> madeUp) {
        this(body, terms, madeUp, new Stack(body.method.maxStack), new Term[body.method.maxLocals]);
    }

    private Side(Body body, Terms terms, Predicate<Reference> madeUp, Stack stack, Term[] locals) {
        this.body = body;
        this.terms = terms;
        this.madeUp = madeUp;
        this.stack = stack;
        this.locals = locals;
    }

    Side copy() {
        Side copy = new Side(body, terms, madeUp, stack.copy(), locals.clone());
        copy.at = at;
        copy.ran = ran;
        return copy;
    }

    /** Goes on to the next stop and stands before it: asked again, it gives the same one. */
    Stop run(Known known) {
        for (int steps = 0; steps < MOST_SILENT; steps++) {
            Stop stop = step(body.code[at], known);
            if (stop != null) {
                return stop;
            }
            ran++;
        }
        throw new Unknown("a long silent run");
    }

    private Stop step(AbstractInsnNode node, Known known) {
        int opcode = node.getOpcode();
        if (node instanceof VarInsnNode) {
            return move(opcode, ((VarInsnNode) node).var);
        }
        if (opcode == IINC) {
            IincInsnNode inc = (IincInsnNode) node;
            locals[inc.var] = terms.sum('I', local(inc.var), 1, terms.integer(inc.incr), 1);
            return next();
        }
        if (node instanceof JumpInsnNode) {
            return jump(opcode, body.place(((JumpInsnNode) node).label), known);
        }
        if (opcode == TABLESWITCH || opcode == LOOKUPSWITCH) {
            return choose(node, known);
        }
        if (opcode <= DCONST_1 || opcode == BIPUSH || opcode == SIPUSH) {
            return push(constant(opcode, node));
        }
        if (opcode == LDC && !(((LdcInsnNode) node).cst instanceof Type)) {
            return literal((LdcInsnNode) node);
        }
        if (opcode >= POP && opcode <= SWAP) {
            stack.shuffle(opcode);
            return next();
        }
        if (opcode >= IRETURN && opcode <= RETURN) {
            return new Stop(Stop.Kind.RETURN, "" + opcode, opcode == RETURN ? NONE : stack.top(1));
        }
        if (opcode == ATHROW) {
            return new Stop(Stop.Kind.THROW, "throw", stack.top(1));
        }
        String types = Signature.of(opcode);
        return types != null ? compute(opcode, types, known)
            : Events.of(this, node, opcode, known);
    }

    private Term local(int index) {
        if (locals[index] == null) {
            throw new Unknown("a local variable without a value");
        }
        return locals[index];
    }

    private Stop move(int opcode, int variable) {
        if (opcode == RET) {
            throw new Unknown("ret");
        }
        if (opcode < ISTORE) {
            return push(local(variable));
        }
        Term value = stack.pop();
        locals[variable] = value;
        if (value.wide()) {
            locals[variable + 1] = null;
        }
        return next();
    }

    private Stop next() {
        at++;
        return null;
    }

    /** Puts a value on the stack and goes on: no stop. */
    Stop push(Term term) {
        stack.push(term);
        return next();
    }

    private Term constant(int opcode, AbstractInsnNode node) {
        if (node instanceof IntInsnNode) {
            return terms.integer(((IntInsnNode) node).operand);
        }
        if (opcode == ACONST_NULL) {
            return terms.nothing;
        }
        if (opcode <= ICONST_5) {
            return terms.integer(opcode - ICONST_0);
        }
        if (opcode <= LCONST_1) {
            return terms.whole('J', opcode - LCONST_0);
        }
        return opcode <= FCONST_2 ? floating((float) (opcode - FCONST_0))
            : floating((double) (opcode - DCONST_0));
    }

    /** By the bits: -0.0 is not 0.0. */
    private Term floating(Number value) {
        return value instanceof Float
            ? terms.constant('F', "float " + Float.floatToRawIntBits((Float) value))
            : terms.constant('D', "double " + Double.doubleToRawLongBits((Double) value));
    }

    private Stop literal(LdcInsnNode node) {
        Object value = node.cst;
        if (value instanceof Float || value instanceof Double) {
            return push(floating((Number) value));
        }
        if (value instanceof Integer || value instanceof Long) {
            return push(terms.whole(value instanceof Long ? 'J' : 'I', ((Number) value).longValue()));
        }
        if (value instanceof String) {
            return push(terms.constant('A', value));
        }
        throw new Unknown("a constant of the kind " + value.getClass().getSimpleName());
    }

    /** To a place: going back is a stop, so that both sides go round their loops together. */
    private Stop go(int target) {
        if (target <= at) {
            Stop back = new Stop(Stop.Kind.BACK, "back");
            back.targets = new int[] {target};
            return back;
        }
        at = target;
        return null;
    }

    private Stop jump(int opcode, int target, Known known) {
        if (opcode == JSR) {
            throw new Unknown("jsr");
        }
        if (opcode == GOTO) {
            return go(target);
        }
        boolean two = opcode >= IF_ICMPEQ && opcode <= IF_ACMPNE;
        Term[] on = stack.top(two ? 2 : 1);
        Term zero = opcode == IFNULL || opcode == IFNONNULL ? terms.nothing : terms.integer(0);
        Condition condition = Condition.of(terms, opcode, known.resolved(terms, on[0]),
            two ? known.resolved(terms, on[1]) : zero);
        Boolean value = known.decide(condition);
        if (value == null) {
            Stop stop = new Stop(Stop.Kind.BRANCH, "", on);
            stop.condition = condition;
            stop.targets = condition.when ? new int[] {target, at + 1} : new int[] {at + 1, target};
            return stop;
        }
        if (value && target <= at) {
            return taking(go(target), on.length);
        }
        stack.drop(on.length);
        at = value ? target : at + 1;
        return null;
    }

    /** The stop, which takes so many values from the stack when it is passed. */
    private static Stop taking(Stop stop, int count) {
        stop.taken = count;
        return stop;
    }

    /** Passes a jump. */
    void pass(Stop stop, int target) {
        stack.drop(stop.taken);
        at = target;
        ran++;
    }

    /** Passes an event that ended without an exception. */
    void pass(Stop stop, Term result) {
        stack.drop(stop.taken);
        if (result != null) {
            stack.push(result);
        }
        at++;
        ran++;
    }

    private Stop choose(AbstractInsnNode node, Known known) {
        List<LabelNode> labels = Body.targets(node);
        List<Integer> keys = Body.keys(node);
        Term key = known.resolved(terms, stack.top(1)[0]);
        Stop stop = new Stop(Stop.Kind.SWITCH, "switch", key);
        stop.targets = labels.stream().mapToInt(body::place).toArray();
        stop.keys = keys;
        int chosen = keys.size();
        for (int i = 0; i < keys.size(); i++) {
            Condition condition = Condition.equal(terms, key, terms.integer(keys.get(i)));
            Boolean value = known.decide(condition);
            if (value == null && stop.targets[i] != stop.targets[keys.size()]) {
                stop.condition = condition;
                return stop;
            }
            if (value != null && value) {
                chosen = i;
                break;
            }
        }
        int target = stop.targets[chosen];
        if (target <= at) {
            return taking(go(target), 1);
        }
        stack.drop(1);
        at = target;
        return null;
    }

    /** Arithmetic; a division stops where its divisor may be zero. */
    private Stop compute(int opcode, String types, Known known) {
        Term[] on = stack.top(types.length() - 1);
        Term value = terms.operation(opcode, types.charAt(types.length() - 1), on);
        boolean divides = opcode == IDIV || opcode == LDIV || opcode == IREM || opcode == LREM;
        if (divides) {
            Condition zero = Condition.equal(terms, on[1], terms.whole(on[1].category(), 0));
            Boolean decided = known.decide(zero);
            if (decided == null || decided) {
                Stop stop = new Stop(Stop.Kind.EVENT, "divisor", on[1]).is(value);
                return taking(stop, on.length).learns(zero.not());
            }
        }
        stack.drop(on.length);
        return push(value);
    }

    /** Enters an exception handler. */
    void enter(int target, Term exception) {
        stack.size = 0;
        stack.push(exception);
        at = target;
        ran++;
    }
}
