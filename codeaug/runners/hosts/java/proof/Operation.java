package codeaug.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** An instruction's operation as text without its operands on the stack; made-up names apart. */
final class Operation implements Opcodes {
    final String key;
    final List<Reference> references;

    private Operation(String key, List<Reference> references) {
        this.key = key;
        this.references = references;
    }

    static Operation of(AbstractInsnNode node, Predicate<Reference> madeUp) {
        List<Reference> references = new ArrayList<>();
        StringBuilder key = new StringBuilder().append(node.getOpcode());
        if (node instanceof MethodInsnNode) {
            MethodInsnNode call = (MethodInsnNode) node;
            method(key, call.owner, call.name, call.desc, call.itf, madeUp, references);
        } else if (node instanceof FieldInsnNode) {
            FieldInsnNode field = (FieldInsnNode) node;
            key.append(' ').append(field.owner).append('.').append(field.name).append(field.desc);
        } else if (node instanceof InvokeDynamicInsnNode) {
            InvokeDynamicInsnNode call = (InvokeDynamicInsnNode) node;
            key.append(' ').append(call.name).append(call.desc);
            constant(key, call.bsm, madeUp, references);
            for (Object argument : call.bsmArgs) {
                constant(key, argument, madeUp, references);
            }
        } else if (node instanceof TypeInsnNode) {
            key.append(' ').append(((TypeInsnNode) node).desc);
        } else if (node instanceof IntInsnNode) {
            key.append(' ').append(((IntInsnNode) node).operand);
        } else if (node instanceof MultiANewArrayInsnNode) {
            MultiANewArrayInsnNode array = (MultiANewArrayInsnNode) node;
            key.append(' ').append(array.desc).append(array.dims);
        } else if (node instanceof LdcInsnNode) {
            constant(key, ((LdcInsnNode) node).cst, madeUp, references);
        }
        return new Operation(key.toString(), references);
    }

    private static void method(StringBuilder key, String owner, String name, String descriptor,
            boolean itf, Predicate<Reference> madeUp, List<Reference> references) {
        Reference reference = new Reference(owner, name, descriptor);
        if (madeUp.test(reference)) {
            references.add(reference);
            key.append(" made up ").append(owner).append(descriptor);
        } else {
            key.append(' ').append(owner).append('.').append(name).append(descriptor);
        }
        key.append(itf ? " interface" : "");
    }

    /** A constant with its type; text is as long as it says, so that no two look the same. */
    private static void constant(StringBuilder key, Object value, Predicate<Reference> madeUp,
            List<Reference> references) {
        key.append(' ').append(value.getClass().getSimpleName()).append(' ');
        if (value instanceof Handle) {
            Handle handle = (Handle) value;
            key.append(handle.getTag());
            method(key, handle.getOwner(), handle.getName(), handle.getDesc(),
                handle.isInterface(), madeUp, references);
        } else if (value instanceof ConstantDynamic) {
            ConstantDynamic dynamic = (ConstantDynamic) value;
            key.append(dynamic.getName()).append(dynamic.getDescriptor());
            constant(key, dynamic.getBootstrapMethod(), madeUp, references);
            for (int i = 0; i < dynamic.getBootstrapMethodArgumentCount(); i++) {
                constant(key, dynamic.getBootstrapMethodArgument(i), madeUp, references);
            }
        } else {
            key.append(text(value));
        }
    }

    private static String text(Object value) {
        if (value instanceof Float) {
            return "" + Float.floatToRawIntBits((Float) value);
        }
        if (value instanceof Double) {
            return "" + Double.doubleToRawLongBits((Double) value);
        }
        String text = value instanceof Type ? ((Type) value).getDescriptor() : value.toString();
        return text.length() + " " + text;
    }
}
