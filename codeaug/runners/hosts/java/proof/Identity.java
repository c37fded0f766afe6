package codeaug.proof;

import java.util.Arrays;
import java.util.List;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Whether two bodies are the same instructions, up to the numbers of local variables. */
final class Identity implements Opcodes {
    private final Body left;
    private final Body right;
    private final Pairs pairs;
    private final int[] forth;
    private final int[] back;

    private Identity(Body left, Body right, Pairs pairs) {
        this.left = left;
        this.right = right;
        this.pairs = pairs;
        forth = new int[left.method.maxLocals];
        back = new int[right.method.maxLocals];
        Arrays.fill(forth, -1);
        Arrays.fill(back, -1);
    }

    static boolean of(Body left, Body right, Pairs pairs) {
        return new Identity(left, right, pairs).same();
    }

    private boolean same() {
        if (left.code.length != right.code.length) {
            return false;
        }
        int parameters = Type.getArgumentsAndReturnSizes(left.method.desc) >> 2;
        for (int i = (left.method.access & ACC_STATIC) != 0 ? 1 : 0; i < parameters; i++) {
            int slot = (left.method.access & ACC_STATIC) != 0 ? i - 1 : i;
            forth[slot] = slot;
            back[slot] = slot;
        }
        for (int i = 0; i < left.code.length; i++) {
            if (!same(left.code[i], right.code[i])) {
                return false;
            }
        }
        return handlers();
    }

    private boolean same(AbstractInsnNode a, AbstractInsnNode b) {
        if (a.getOpcode() != b.getOpcode()) {
            return false;
        }
        if (a instanceof VarInsnNode) {
            return variable(((VarInsnNode) a).var, ((VarInsnNode) b).var);
        }
        if (a instanceof IincInsnNode) {
            return ((IincInsnNode) a).incr == ((IincInsnNode) b).incr
                && variable(((IincInsnNode) a).var, ((IincInsnNode) b).var);
        }
        if (a instanceof JumpInsnNode || a.getOpcode() == TABLESWITCH
                || a.getOpcode() == LOOKUPSWITCH) {
            List<LabelNode> one = Body.targets(a);
            return targets(one, Body.targets(b)) && (a.getOpcode() < TABLESWITCH
                || a.getOpcode() > LOOKUPSWITCH || Body.keys(a).equals(Body.keys(b)));
        }
        if (a.getType() == AbstractInsnNode.INSN) {
            return true;
        }
        if (plain(a, b)) {
            return true;
        }
        Operation first = left.operation(a, pairs.left::madeUp);
        Operation second = right.operation(b, pairs.right::madeUp);
        return first.key.equals(second.key) && pairs.assume(first.references, second.references);
    }

    /** Whether they are the same for certain; most are, and it is the quicker look. */
    private static boolean plain(AbstractInsnNode a, AbstractInsnNode b) {
        if (a instanceof MethodInsnNode) {
            MethodInsnNode one = (MethodInsnNode) a;
            MethodInsnNode two = (MethodInsnNode) b;
            return one.name.equals(two.name) && one.owner.equals(two.owner)
                && one.desc.equals(two.desc) && one.itf == two.itf && !Classes.named(one.name);
        }
        if (a instanceof FieldInsnNode) {
            FieldInsnNode one = (FieldInsnNode) a;
            FieldInsnNode two = (FieldInsnNode) b;
            return one.name.equals(two.name) && one.owner.equals(two.owner)
                && one.desc.equals(two.desc);
        }
        if (a instanceof LdcInsnNode) {
            Object one = ((LdcInsnNode) a).cst;
            return one instanceof String && one.equals(((LdcInsnNode) b).cst);
        }
        return a instanceof TypeInsnNode && ((TypeInsnNode) a).desc.equals(((TypeInsnNode) b).desc);
    }

    private boolean variable(int one, int two) {
        if (forth[one] < 0 && back[two] < 0) {
            forth[one] = two;
            back[two] = one;
        }
        return forth[one] == two && back[two] == one;
    }

    private boolean targets(List<LabelNode> one, List<LabelNode> two) {
        boolean same = one.size() == two.size();
        for (int i = 0; same && i < one.size(); i++) {
            same = left.place(one.get(i)) == right.place(two.get(i));
        }
        return same;
    }

    private boolean handlers() {
        List<TryCatchBlockNode> one = left.method.tryCatchBlocks;
        List<TryCatchBlockNode> two = right.method.tryCatchBlocks;
        boolean same = one.size() == two.size();
        for (int i = 0; same && i < one.size(); i++) {
            TryCatchBlockNode a = one.get(i);
            TryCatchBlockNode b = two.get(i);
            same = left.place(a.start) == right.place(b.start)
                && left.place(a.end) == right.place(b.end)
                && left.place(a.handler) == right.place(b.handler)
                && String.valueOf(a.type).equals(String.valueOf(b.type));
        }
        return same;
    }
}
