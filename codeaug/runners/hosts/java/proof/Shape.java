package codeaug.proof;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.InnerClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.ParameterNode;
import org.objectweb.asm.tree.RecordComponentNode;
import org.objectweb.asm.tree.TypeAnnotationNode;

/**
 * A class without its code, as text: everything that reflection or linking can tell. Left out are
 * debug attributes, the order of nested classes, and the entries of classes that are not its own.
 */
final class Shape implements Opcodes {
    private final StringBuilder text = new StringBuilder();

    private Shape() {}

    static String of(ClassNode node, Classes classes) {
        Shape shape = new Shape();
        shape.add(node.version, node.access, node.name, node.superName, node.interfaces,
            node.signature, node.outerClass, node.outerMethod, node.outerMethodDesc,
            node.nestHostClass, sorted(node.nestMembers), node.permittedSubclasses);
        shape.inner(node);
        shape.annotations(node.visibleAnnotations, node.invisibleAnnotations,
            node.visibleTypeAnnotations, node.invisibleTypeAnnotations);
        shape.attributes(node.attrs);
        shape.records(node.recordComponents);
        for (FieldNode field : node.fields) {
            shape.add("\nfield", field.access, field.name, field.desc, field.signature, field.value);
            shape.annotations(field.visibleAnnotations, field.invisibleAnnotations,
                field.visibleTypeAnnotations, field.invisibleTypeAnnotations);
            shape.attributes(field.attrs);
        }
        for (MethodNode method : node.methods) {
            if (!classes.madeUp(new Reference(node.name, method.name, method.desc))) {
                shape.add("\nmethod", method.name, of(method));
            }
        }
        return shape.text.toString();
    }

    /** A method without its name and code. */
    static String of(MethodNode method) {
        Shape shape = new Shape();
        shape.add(method.access, method.desc, method.signature, method.exceptions,
            method.instructions.size() == 0);
        shape.annotations(method.visibleAnnotations, method.invisibleAnnotations,
            method.visibleTypeAnnotations, method.invisibleTypeAnnotations);
        shape.add(method.visibleAnnotableParameterCount, method.invisibleAnnotableParameterCount);
        shape.parameters(method.visibleParameterAnnotations);
        shape.parameters(method.invisibleParameterAnnotations);
        if (method.annotationDefault != null) {
            shape.value(method.annotationDefault);
        }
        if (method.parameters != null) {
            for (ParameterNode parameter : method.parameters) {
                shape.add("parameter", parameter.name, parameter.access);
            }
        }
        shape.attributes(method.attrs);
        return shape.text.toString();
    }

    private static List<String> sorted(List<String> names) {
        List<String> sorted = names == null ? new ArrayList<>() : new ArrayList<>(names);
        Collections.sort(sorted);
        return sorted;
    }

    /** Each with its length, so that no two rows look the same. */
    private void add(Object... values) {
        for (Object value : values) {
            if (value instanceof List) {
                add(((List<?>) value).toArray());
                text.append(';');
            } else if (value == null) {
                text.append(" -");
            } else {
                String one = value instanceof Float
                    ? "f" + Float.floatToRawIntBits((Float) value) : value instanceof Double
                    ? "d" + Double.doubleToRawLongBits((Double) value) : value.toString();
                text.append(' ').append(value.getClass().getSimpleName()).append(one.length())
                    .append(':').append(one);
            }
        }
    }

    private void inner(ClassNode node) {
        List<String> own = new ArrayList<>();
        for (InnerClassNode inner : node.innerClasses) {
            if (node.name.equals(inner.outerName) || node.name.equals(inner.name)) {
                own.add(inner.name + " " + inner.outerName + " " + inner.innerName + " "
                    + inner.access);
            }
        }
        add(sorted(own));
    }

    private void records(List<RecordComponentNode> components) {
        if (components != null) {
            for (RecordComponentNode one : components) {
                add("component", one.name, one.descriptor, one.signature);
                annotations(one.visibleAnnotations, one.invisibleAnnotations,
                    one.visibleTypeAnnotations, one.invisibleTypeAnnotations);
                attributes(one.attrs);
            }
        }
    }

    @SafeVarargs
    private final void annotations(List<? extends AnnotationNode>... kinds) {
        for (List<? extends AnnotationNode> kind : kinds) {
            text.append('@');
            if (kind != null) {
                for (AnnotationNode annotation : kind) {
                    annotation(annotation);
                }
            }
        }
    }

    private void annotation(AnnotationNode annotation) {
        if (annotation instanceof TypeAnnotationNode) {
            TypeAnnotationNode type = (TypeAnnotationNode) annotation;
            add(type.typeRef, String.valueOf(type.typePath));
        }
        add(annotation.desc);
        if (annotation.values != null) {
            value(annotation.values);
        }
    }

    private void value(Object value) {
        if (value instanceof AnnotationNode) {
            annotation((AnnotationNode) value);
        } else if (value instanceof List) {
            text.append('[');
            for (Object one : (List<?>) value) {
                value(one);
            }
            text.append(']');
        } else if (value instanceof String[]) {
            add("enum", ((String[]) value)[0], ((String[]) value)[1]);
        } else if (value.getClass().isArray()) {
            text.append('[');
            for (int i = 0; i < java.lang.reflect.Array.getLength(value); i++) {
                add(java.lang.reflect.Array.get(value, i));
            }
            text.append(']');
        } else {
            add(value instanceof Type ? ((Type) value).getDescriptor() : value);
        }
    }

    private void parameters(List<AnnotationNode>[] parameters) {
        if (parameters != null) {
            for (List<AnnotationNode> one : parameters) {
                annotations(one);
            }
        }
    }

    private void attributes(List<Attribute> attributes) {
        if (attributes != null && !attributes.isEmpty()) {
            throw new Unknown("an attribute that is not modelled: " + attributes.get(0).type);
        }
    }
}
