package codeaug.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.IincInsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TableSwitchInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.VarInsnNode;

/** A method's code by index: only real instructions, with their targets, handlers and live locals. */
final class Body implements Opcodes {
    /** An exception handler: the type it catches (`any` for all) and where it starts. */
    static final class Handler {
        final String type;
        final int target;

        Handler(String type, int target) {
            this.type = type;
            this.target = target;
        }
    }

    private static final Handler[] NO_HANDLERS = {};

    final String owner;
    final MethodNode method;
    final AbstractInsnNode[] code;
    private final Map<LabelNode, Integer> places = new IdentityHashMap<>();
    private final Map<AbstractInsnNode, Operation> operations = new IdentityHashMap<>();
    private Handler[][] handlers;
    private long[] live; // null where there are too many locals for it
    private boolean prepared;

    Body(String owner, MethodNode method) {
        this.owner = owner;
        this.method = method;
        List<AbstractInsnNode> real = new ArrayList<>();
        for (AbstractInsnNode node : method.instructions) {
            if (node instanceof LabelNode) {
                places.put((LabelNode) node, real.size());
            } else if (node.getOpcode() >= 0) {
                real.add(node);
            }
        }
        code = real.toArray(new AbstractInsnNode[0]);
    }

    /** Works out what only a simulation asks for. */
    Body prepared() {
        if (!prepared) {
            handlers = handlers();
            live = method.maxLocals <= 64 ? live() : null;
            prepared = true;
        }
        return this;
    }

    /** An instruction's operation; asked for often, so remembered. */
    Operation operation(AbstractInsnNode node, Predicate<Reference> madeUp) {
        return operations.computeIfAbsent(node, n -> Operation.of(n, madeUp));
    }

    int place(LabelNode label) {
        return places.get(label);
    }

    /** Handlers around an instruction, first match first. */
    Handler[] handlers(int at) {
        return handlers == null ? NO_HANDLERS : handlers[at];
    }

    boolean live(int at, int local) {
        return live == null || (live[at] & 1L << local) != 0;
    }

    private Handler[][] handlers() {
        if (method.tryCatchBlocks.isEmpty()) {
            return null;
        }
        List<List<Handler>> all = new ArrayList<>();
        for (int i = 0; i < code.length; i++) {
            all.add(new ArrayList<>());
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            String type = block.type == null || block.type.equals("java/lang/Throwable")
                ? "any" : block.type;
            Handler handler = new Handler(type, place(block.handler));
            for (int i = place(block.start); i < place(block.end); i++) {
                if (all.get(i).stream().noneMatch(h -> h.type.equals(type) || h.type.equals("any"))) {
                    all.get(i).add(handler); // behind one of its type it would never be reached
                }
            }
        }
        return all.stream().map(list -> list.toArray(NO_HANDLERS)).toArray(Handler[][]::new);
    }

    /** Which locals may still be read, before each instruction. */
    private long[] live() {
        long[] before = new long[code.length + 1];
        for (boolean changed = true; changed; ) {
            changed = false;
            for (int i = code.length - 1; i >= 0; i--) {
                long now = before(code[i], after(i, before));
                for (Handler handler : handlers(i)) {
                    now |= before[handler.target];
                }
                changed |= now != before[i];
                before[i] = now;
            }
        }
        return before;
    }

    private long after(int at, long[] before) {
        AbstractInsnNode node = code[at];
        int opcode = node.getOpcode();
        boolean ends = opcode == GOTO || opcode == ATHROW || opcode >= IRETURN && opcode <= RETURN
            || opcode == TABLESWITCH || opcode == LOOKUPSWITCH;
        long after = ends ? 0 : before[at + 1];
        for (LabelNode target : targets(node)) {
            after |= before[place(target)];
        }
        return after;
    }

    private static long before(AbstractInsnNode node, long after) {
        if (node instanceof IincInsnNode) {
            return after | 1L << ((IincInsnNode) node).var;
        }
        if (!(node instanceof VarInsnNode) || node.getOpcode() == RET) {
            return after;
        }
        long bit = 1L << ((VarInsnNode) node).var;
        return node.getOpcode() >= ISTORE ? after & ~bit : after | bit;
    }

    static List<LabelNode> targets(AbstractInsnNode node) {
        List<LabelNode> targets = new ArrayList<>();
        if (node instanceof JumpInsnNode) {
            targets.add(((JumpInsnNode) node).label);
        } else if (node instanceof TableSwitchInsnNode) {
            targets.addAll(((TableSwitchInsnNode) node).labels);
            targets.add(((TableSwitchInsnNode) node).dflt);
        } else if (node instanceof LookupSwitchInsnNode) {
            targets.addAll(((LookupSwitchInsnNode) node).labels);
            targets.add(((LookupSwitchInsnNode) node).dflt);
        }
        return targets;
    }

    /** The keys of a switch, in the order of its labels. */
    static List<Integer> keys(AbstractInsnNode node) {
        if (node instanceof LookupSwitchInsnNode) {
            return ((LookupSwitchInsnNode) node).keys;
        }
        TableSwitchInsnNode table = (TableSwitchInsnNode) node;
        Integer[] keys = new Integer[table.labels.size()];
        Arrays.setAll(keys, i -> table.min + i);
        return Arrays.asList(keys);
    }
}
