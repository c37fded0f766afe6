package codeaug.proof;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;

/** All classes that one file was compiled to. */
final class Classes implements Opcodes {
    private static final Pattern NUMBERED = Pattern.compile("\\$\\d");

    final Map<String, ClassNode> nodes = new TreeMap<>();
    private final Map<Reference, Body> bodies = new HashMap<>();
    private final Map<Reference, MethodNode> methods = new LinkedHashMap<>();
    private final Map<String, String> shapes = new HashMap<>();

    private Classes() {}

    static Classes read(Map<String, byte[]> files) {
        List<ClassNode> nodes = new ArrayList<>();
        for (byte[] file : files.values()) {
            ClassNode node = new ClassNode();
            new ClassReader(file).accept(node, ClassReader.SKIP_FRAMES);
            nodes.add(node);
        }
        return of(nodes);
    }

    static Classes of(Iterable<ClassNode> nodes) {
        Classes classes = new Classes();
        for (ClassNode node : nodes) {
            classes.nodes.put(node.name, node);
            for (MethodNode method : node.methods) {
                classes.methods.put(new Reference(node.name, method.name, method.desc), method);
            }
        }
        return classes;
    }

    /** Anonymous and local classes: the compiler numbers them as they stand in the file. */
    static boolean numbered(String name) {
        return NUMBERED.matcher(name).find();
    }

    MethodNode method(Reference reference) {
        return methods.get(reference);
    }

    Iterable<Reference> references() {
        return methods.keySet();
    }

    static boolean named(String method) {
        return method.startsWith("lambda$") || method.startsWith("access$");
    }

    /** The bodies of lambdas, and accessors for private members: named by number. */
    boolean madeUp(Reference reference) {
        MethodNode method = named(reference.name) ? methods.get(reference) : null;
        return method != null && (method.access & ACC_SYNTHETIC) != 0;
    }

    /** Whether lambdas of the class can be serialised: then the names of their bodies show. */
    boolean serializes(String owner) {
        return nodes.get(owner).methods.stream()
            .anyMatch(method -> method.name.equals("$deserializeLambda$"));
    }

    Body body(Reference reference) {
        return bodies.computeIfAbsent(reference, r -> new Body(r.owner, methods.get(r)));
    }

    /** Everything of a class but the code of its methods. */
    String shape(String name) {
        return shapes.computeIfAbsent(name, n -> Shape.of(nodes.get(n), this));
    }
}
