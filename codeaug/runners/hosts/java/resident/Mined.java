package codeaug.resident;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Constants of the unit's code and of what it calls in its own file; what it tells of its arguments. */
final class Mined {
    private static final int API = Opcodes.ASM9;
    private static final int METHODS = 20;
    private static final List<String> OF_NULL =
        Arrays.asList("isNull", "nonNull", "equals", "requireNonNullElse", "toString", "hashCode", "ofNullable");

    final About about = new About();
    /** Numbers with their neighbours, texts. */
    final Set<Object> constants = new LinkedHashSet<>();
    private final Set<String> known = new HashSet<>();
    private final Deque<String[]> waiting = new ArrayDeque<>();
    private final String[] unit;

    /** `unit`: class, method, descriptor. */
    Mined(Map<String, byte[]> classes, String[] unit) {
        this.unit = unit;
        Made.tell(about, classes);
        add(unit[0], unit[1], unit[2]);
        for (int i = 0; i < METHODS && !waiting.isEmpty(); i++) {
            String[] next = waiting.remove();
            byte[] bytes = classes.get(next[0]);
            if (bytes != null) {
                new ClassReader(bytes).accept(of(next), ClassReader.SKIP_FRAMES);
            }
        }
    }

    private void add(String owner, String name, String form) {
        if (known.add(owner + name + form)) {
            waiting.add(new String[] {owner, name, form});
        }
    }

    private ClassVisitor of(String[] wanted) {
        return new ClassVisitor(API) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String form,
                    String generic, String[] thrown) {
                if (!name.equals(wanted[1]) || !form.equals(wanted[2])) {
                    return null;
                }
                boolean isUnit = Arrays.equals(wanted, unit);
                if (isUnit && thrown != null) {
                    for (String one : thrown) {
                        about.thrown.add(one.replace('/', '.'));
                    }
                }
                return new Code(isUnit, (access & Opcodes.ACC_STATIC) == 0 ? 1 : 0, form);
            }
        };
    }

    private final class Code extends MethodVisitor {
        private final boolean isUnit;
        private final int[] places; // of locals: which parameter, or -1
        private final String[] names;
        private int last = -1;
        private int before = -1;

        Code(boolean isUnit, int first, String form) {
            super(API);
            this.isUnit = isUnit;
            Type[] types = Type.getArgumentTypes(form);
            places = new int[2 * types.length + 2];
            names = new String[types.length];
            Arrays.fill(places, -1);
            Arrays.fill(names, "");
            int local = first;
            for (int i = 0; i < types.length; i++) {
                places[local] = i;
                local += types[i].getSize();
            }
        }

        @Override
        public AnnotationVisitor visitParameterAnnotation(int number, String type, boolean visible) {
            if (isUnit && (type.endsWith("Nullable;") || type.endsWith("CheckForNull;"))) {
                about.nullable.add(String.valueOf(number));
            }
            return null;
        }

        @Override
        public void visitLocalVariable(String name, String type, String generic, Label start, Label end,
                int local) {
            if (local < places.length && places[local] >= 0 && names[places[local]].isEmpty()) {
                names[places[local]] = name;
            }
        }

        @Override
        public void visitEnd() {
            if (isUnit) {
                about.names.addAll(Arrays.asList(names));
            }
        }

        private void mayBeNull(int local) {
            about.asksForNull = true;
            if (isUnit && local >= 0 && local < places.length && places[local] >= 0) {
                about.nullable.add(String.valueOf(places[local]));
            }
        }

        private void other() {
            before = last;
            last = -1;
        }

        @Override
        public void visitVarInsn(int code, int local) {
            before = last;
            last = code == Opcodes.ALOAD ? local : -1;
        }

        @Override
        public void visitJumpInsn(int code, Label to) {
            if (code == Opcodes.IFNULL || code == Opcodes.IFNONNULL) {
                mayBeNull(last);
            }
            other();
        }

        @Override
        public void visitMethodInsn(int code, String owner, String name, String form, boolean ofInterface) {
            if ((owner.equals("java/util/Objects") || owner.equals("java/util/Optional")) && OF_NULL.contains(name)) {
                mayBeNull(last);
                mayBeNull(before);
            }
            add(owner.replace('/', '.'), name, form);
            other();
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String form, Handle maker, Object... arguments) {
            for (Object argument : arguments) {
                if (argument instanceof Handle) {
                    Handle code = (Handle) argument;
                    add(code.getOwner().replace('/', '.'), code.getName(), code.getDesc());
                } else if (argument instanceof String) { // of a concatenation
                    for (String part : ((String) argument).split("[\u0001\u0002]")) {
                        text(part);
                    }
                }
            }
            other();
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
            if (type != null) {
                about.caught.add(type.replace('/', '.'));
            }
        }

        private void number(int n) {
            constants.add(n);
            constants.add(n - 1);
            constants.add(n + 1);
            other();
        }

        /** What may be a character that texts are parted by. */
        private void sign(int n) {
            if (n >= ' ' && n <= '~' && !Character.isLetterOrDigit(n)) {
                text(String.valueOf((char) n));
            }
        }

        private void text(String text) {
            if (!text.isEmpty()) {
                constants.add(text);
            }
        }

        @Override
        public void visitInsn(int code) {
            if (code >= Opcodes.ICONST_M1 && code <= Opcodes.ICONST_5) {
                number(code - Opcodes.ICONST_0);
            }
            other();
        }

        @Override
        public void visitIntInsn(int code, int n) {
            if (code != Opcodes.NEWARRAY) {
                number(n);
                sign(n);
            }
        }

        @Override
        public void visitIincInsn(int local, int by) {
            other();
        }

        @Override
        public void visitTypeInsn(int code, String type) {
            other();
        }

        @Override
        public void visitFieldInsn(int code, String owner, String name, String form) {
            boolean one = form.equals("L" + owner + ";"); // of an enum
            if (code == Opcodes.GETSTATIC && form.length() > 1 && !one) { // a table, made where its class begins
                add(owner.replace('/', '.'), "<clinit>", "()V");
            }
            other();
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof Integer) {
                number((Integer) value);
            } else if (value instanceof Long) {
                constants.addAll(Arrays.asList(value, (Long) value - 1, (Long) value + 1));
            } else if (value instanceof String) {
                text((String) value);
            } else if (value instanceof Number) {
                constants.add(value);
            }
            other();
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
            number(min);
            number(max);
        }

        @Override
        public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
            for (int key : keys) {
                number(key);
                sign(key);
            }
        }
    }
}
