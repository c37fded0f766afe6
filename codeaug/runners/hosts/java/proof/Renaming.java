package codeaug.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Gives anonymous and local classes of the changed file the numbers that the original's have. Which
 * is which is only guessed, by what they hold: a wrong guess makes a proof fail, never succeed.
 */
final class Renaming {
    private Renaming() {}

    static Classes apply(Classes left, Classes right) {
        Map<String, String> names = guess(contents(left), contents(right));
        if (names.isEmpty()) {
            return right;
        }
        List<ClassNode> renamed = new ArrayList<>();
        for (ClassNode node : right.nodes.values()) {
            ClassNode copy = new ClassNode();
            node.accept(new ClassRemapper(copy, new SimpleRemapper(names)));
            renamed.add(copy);
        }
        return Classes.of(renamed);
    }

    /** Right names to left names, where they differ: by equal content, then in their order. */
    private static Map<String, String> guess(Map<String, String> left, Map<String, String> right) {
        Map<String, String> names = new HashMap<>();
        if (left.size() != right.size()) {
            return names;
        }
        Map<String, String> open = new TreeMap<>(right);
        List<String> waiting = new ArrayList<>();
        for (Map.Entry<String, String> one : left.entrySet()) {
            if (!open.remove(one.getKey(), one.getValue())) {
                waiting.add(one.getKey());
            }
        }
        for (Iterator<String> names1 = waiting.iterator(); names1.hasNext(); ) {
            String name = names1.next();
            for (String other : open.keySet()) {
                if (open.get(other).equals(left.get(name))) {
                    open.remove(other);
                    names.put(other, name);
                    names1.remove();
                    break;
                }
            }
        }
        Iterator<String> rest = new ArrayList<>(open.keySet()).iterator();
        for (String name : waiting) {
            names.put(rest.next(), name);
        }
        names.entrySet().removeIf(one -> one.getKey().equals(one.getValue()));
        return names;
    }

    /** What numbered classes hold, with all numbers left out. */
    private static Map<String, String> contents(Classes classes) {
        List<String> numbered = classes.nodes.keySet().stream().filter(Classes::numbered)
            .collect(Collectors.toList());
        Map<String, String> contents = new TreeMap<>();
        for (String name : numbered) {
            ClassNode node = classes.nodes.get(name);
            StringBuilder text = new StringBuilder(node.superName).append(node.interfaces);
            for (MethodNode method : node.methods) {
                text.append('\n').append(method.name).append(method.desc);
                for (AbstractInsnNode instruction : method.instructions) {
                    if (instruction.getOpcode() >= 0) {
                        text.append(' ').append(Operation.of(instruction, classes::madeUp).key);
                    }
                }
            }
            contents.put(name, text.toString().replaceAll("\\$\\d+", "\\$"));
        }
        return contents;
    }
}
