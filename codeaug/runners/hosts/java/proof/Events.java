package codeaug.proof;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** The operations that can have an effect, as stops; those that certainly have none are silent. */
final class Events implements Opcodes {
    private static final Set<String> MAKERS = new HashSet<>(Arrays.asList(
        "java/lang/invoke/LambdaMetafactory", "java/lang/invoke/StringConcatFactory"));

    private Events() {}

    private static Condition some(Side side, Term reference) {
        return Condition.same(side.terms, reference, side.terms.nothing).not();
    }

    static Stop of(Side side, AbstractInsnNode node, int opcode, Known known) {
        if (opcode == ARRAYLENGTH) {
            Term array = side.stack.top(1)[0];
            Term length = side.terms.make(Term.LENGTH, 'I', "", array);
            if (Boolean.TRUE.equals(known.decide(some(side, array)))) {
                side.stack.drop(1);
                return side.push(length);
            }
            return new Stop(Stop.Kind.EVENT, "not null", array).is(length).learns(some(side, array));
        }
        if (opcode == CHECKCAST || opcode == INSTANCEOF) {
            return ofType(side, opcode, ((TypeInsnNode) node).desc, known);
        }
        Operation operation = side.body.operation(node, side.madeUp);
        if (opcode == LDC) {
            return type(side, operation.key, known);
        }
        Stop stop = new Stop(Stop.Kind.EVENT, operation.key, side.stack.top(Signature.taken(node)));
        stop.references = operation.references;
        stop.gives(Signature.given(node));
        boolean fresh = opcode >= NEW && opcode <= ANEWARRAY || opcode == MULTIANEWARRAY;
        boolean receives = opcode >= IALOAD && opcode <= SALOAD || opcode >= IASTORE
            && opcode <= SASTORE || opcode == GETFIELD || opcode == PUTFIELD
            || opcode >= INVOKEVIRTUAL && opcode <= INVOKEINTERFACE && opcode != INVOKESTATIC
            || opcode == MONITORENTER;
        if (receives) {
            stop.learns(some(side, stop.operands[0]));
        }
        stop.present = fresh || node instanceof InvokeDynamicInsnNode
            && MAKERS.contains(((InvokeDynamicInsnNode) node).bsm.getOwner());
        return stop;
    }

    /** Null passes both without a look at the type; the same question has the same answer. */
    private static Stop ofType(Side side, int opcode, String type, Known known) {
        Term on = known.resolved(side.terms, side.stack.top(1)[0]);
        boolean cast = opcode == CHECKCAST;
        Term value = cast ? on : on == side.terms.nothing ? side.terms.integer(0)
            : side.terms.make(INSTANCEOF, 'Z', type, on);
        Condition asked = Condition.fact(side.terms.make(
            cast ? Term.CAST : Term.RESOLVED, 'Z', type, on));
        if (on == side.terms.nothing || Boolean.TRUE.equals(known.decide(asked))) {
            side.stack.drop(1);
            return side.push(value);
        }
        return new Stop(Stop.Kind.EVENT, opcode + " " + type, on).is(value).learns(asked);
    }

    private static Stop type(Side side, String key, Known known) {
        Term value = side.terms.make(LDC, 'A', key);
        Condition asked = Condition.fact(side.terms.make(Term.RESOLVED, 'Z', key));
        if (Boolean.TRUE.equals(known.decide(asked))) {
            return side.push(value);
        }
        return new Stop(Stop.Kind.EVENT, key).is(value).learns(asked);
    }
}
