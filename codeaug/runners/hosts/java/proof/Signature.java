package codeaug.proof;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;

/** What instructions take from the stack and put there. */
final class Signature implements Opcodes {
    private static final String[] ARITHMETIC = (
        "III JJJ FFF DDD III JJJ FFF DDD III JJJ FFF DDD III JJJ FFF DDD III JJJ FFF DDD " // + - * / %
        + "II JJ FF DD III JIJ III JIJ III JIJ III JJJ III JJJ III JJJ . " // neg shifts bits iinc
        + "IJ IF ID JI JF JD FI FJ FD DI DJ DF II II II JJI FFI FFI DDI DDI").split(" ");
    private static final String ARRAYS = "IJFDAIII"; // of xALOAD and xASTORE, in their order

    private Signature() {}

    /** Types of the operands and the result of arithmetic; null for any other instruction. */
    static String of(int opcode) {
        return opcode >= IADD && opcode <= DCMPG ? ARITHMETIC[opcode - IADD] : null;
    }

    /** How many values an event takes from the stack. */
    static int taken(AbstractInsnNode node) {
        int opcode = node.getOpcode();
        if (node instanceof MethodInsnNode) {
            int given = Type.getArgumentTypes(((MethodInsnNode) node).desc).length;
            return opcode == INVOKESTATIC ? given : given + 1;
        }
        if (node instanceof InvokeDynamicInsnNode) {
            return Type.getArgumentTypes(((InvokeDynamicInsnNode) node).desc).length;
        }
        if (node instanceof MultiANewArrayInsnNode) {
            return ((MultiANewArrayInsnNode) node).dims;
        }
        if (opcode >= IALOAD && opcode <= SALOAD || opcode == PUTFIELD) {
            return 2;
        }
        if (opcode >= IASTORE && opcode <= SASTORE) {
            return 3;
        }
        return opcode == GETSTATIC || opcode == NEW ? 0 : 1;
    }

    /** The type of what an event puts on the stack; V for nothing. */
    static char given(AbstractInsnNode node) {
        int opcode = node.getOpcode();
        if (node instanceof MethodInsnNode) {
            return kind(Type.getReturnType(((MethodInsnNode) node).desc));
        }
        if (node instanceof InvokeDynamicInsnNode) {
            return kind(Type.getReturnType(((InvokeDynamicInsnNode) node).desc));
        }
        if (opcode == GETFIELD || opcode == GETSTATIC) {
            return kind(Type.getType(((FieldInsnNode) node).desc));
        }
        if (opcode >= IALOAD && opcode <= SALOAD) {
            return ARRAYS.charAt(opcode - IALOAD);
        }
        boolean made = opcode >= NEW && opcode <= ANEWARRAY || opcode == MULTIANEWARRAY;
        boolean known = made || opcode >= IASTORE && opcode <= SASTORE || opcode == PUTFIELD
            || opcode == PUTSTATIC || opcode == MONITORENTER || opcode == MONITOREXIT;
        if (!known) {
            throw new Unknown("an instruction that is not modelled: " + opcode);
        }
        return made ? 'A' : 'V';
    }

    static char kind(Type type) {
        switch (type.getSort()) {
            case Type.VOID: return 'V';
            case Type.BOOLEAN: return 'Z';
            case Type.LONG: return 'J';
            case Type.FLOAT: return 'F';
            case Type.DOUBLE: return 'D';
            case Type.ARRAY: case Type.OBJECT: return 'A';
            default: return 'I';
        }
    }
}
