package codeaug.resident;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Private fields in which there is only what their class makes, and nothing that is handed to it. */
final class Made {
    private static final String SETTER = "<init>|(set|with)([A-Z].*)?";

    private final Set<String> ours = new HashSet<>(); // private ones
    private final Set<String> made = new HashSet<>();
    private final Set<String> handed = new HashSet<>();
    private final Set<String> infinite = new HashSet<>();

    private Made(Map<String, byte[]> classes) {
        classes.values().forEach(bytes -> new ClassReader(bytes).accept(reader(), ClassReader.SKIP_FRAMES));
    }

    /** Tells `about` of the fields of a file's classes. */
    static void tell(About about, Map<String, byte[]> classes) {
        Made all = new Made(classes);
        for (String field : all.ours) {
            if (all.made.contains(field) && !all.handed.contains(field)) {
                about.made.add(field);
            }
            if (!all.infinite.contains(field)) {
                about.finite.add(field);
            }
        }
    }

    private ClassVisitor reader() {
        return new ClassVisitor(Opcodes.ASM9) {
            private String type = "";

            @Override
            public void visit(int version, int access, String name, String generic, String base, String[] others) {
                type = name;
            }

            @Override
            public FieldVisitor visitField(int access, String name, String form, String generic, Object value) {
                if ((access & Opcodes.ACC_PRIVATE) != 0) {
                    ours.add(About.field(type, name));
                }
                return null;
            }

            @Override
            public MethodVisitor visitMethod(int access, String name, String form, String generic, String[] thrown) {
                return new Code(name.matches(SETTER));
            }
        };
    }

    /** Looks at what stands right before a field is set. */
    private final class Code extends Before {
        private final boolean isSetter;

        Code(boolean isSetter) {
            this.isSetter = isSetter;
        }

        @Override
        void set(String field, Object constant, boolean isNew) {
            if (isNew) {
                made.add(field);
            } else if (constant != NULL) {
                handed.add(field);
            }
            double number = constant instanceof Number ? ((Number) constant).doubleValue() : 0;
            if (isSetter && constant == null || Double.isNaN(number) || Double.isInfinite(number)) {
                infinite.add(field);
            }
        }
    }
}
