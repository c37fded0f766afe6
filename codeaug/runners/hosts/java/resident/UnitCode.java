package codeaug.resident;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Where the unit is in its file's class files. */
final class UnitCode {
    private static final int API = Opcodes.ASM9;
    private static final int CONSTANTS = 60;
    private static final String RECORDER = "codeaug/resident/Recorder";

    /** The class (`org.acme.Foo$Bar`), the method (`<init>`) and its descriptor. */
    final String[] names;
    private final boolean receives;

    private UnitCode(String[] names, boolean receives) {
        this.names = names;
        this.receives = receives;
    }

    /** The method of that name whose code begins first between two lines; null when none does. */
    static UnitCode find(Map<String, byte[]> classes, String name, int first, int last) {
        String[] parts = name.replaceAll("\\(.*", "").replaceAll("#\\d+$", "").split("\\.");
        int end = parts.length - 1;
        String method = end > 0 && parts[end].equals(parts[end - 1]) ? "<init>" : parts[end];
        UnitCode[] found = {null};
        int[] line = {Integer.MAX_VALUE};
        classes.forEach((type, bytes) -> new ClassReader(bytes).accept(new ClassVisitor(API) {
            @Override
            public MethodVisitor visitMethod(int access, String other, String form,
                    String generic, String[] thrown) {
                if (!other.equals(method) || (access & Opcodes.ACC_SYNTHETIC) != 0) {
                    return null;
                }
                return new MethodVisitor(API) {
                    @Override
                    public void visitLineNumber(int number, Label start) {
                        if (number >= first && number <= last && number < line[0]) {
                            line[0] = number;
                            found[0] = new UnitCode(new String[] {type, other, form},
                                (access & Opcodes.ACC_STATIC) == 0 && !other.equals("<init>"));
                        }
                    }
                };
            }
        }, ClassReader.SKIP_FRAMES));
        return found[0];
    }

    /** The classes, where the unit first hands its receiver and arguments to the recorder. */
    Map<String, byte[]> recording(Map<String, byte[]> classes) {
        Map<String, byte[]> all = new LinkedHashMap<>(classes);
        ClassReader reader = new ClassReader(classes.get(names[0]));
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        reader.accept(new ClassVisitor(API, writer) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String form,
                    String generic, String[] thrown) {
                MethodVisitor code = super.visitMethod(access, name, form, generic, thrown);
                if (!name.equals(names[1]) || !form.equals(names[2])) {
                    return code;
                }
                return new MethodVisitor(API, code) {
                    @Override
                    public void visitCode() {
                        super.visitCode();
                        record(this, (access & Opcodes.ACC_STATIC) == 0);
                    }
                };
            }
        }, 0);
        all.put(names[0], writer.toByteArray());
        return all;
    }

    private void record(MethodVisitor code, boolean isInstance) {
        Type[] types = Type.getArgumentTypes(names[2]);
        int shift = receives ? 1 : 0;
        code.visitLdcInsn(types.length + shift);
        code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        if (receives) {
            code.visitInsn(Opcodes.DUP);
            code.visitLdcInsn(0);
            code.visitVarInsn(Opcodes.ALOAD, 0);
            code.visitInsn(Opcodes.AASTORE);
        }
        int local = isInstance ? 1 : 0;
        for (int i = 0; i < types.length; i++) {
            code.visitInsn(Opcodes.DUP);
            code.visitLdcInsn(i + shift);
            code.visitVarInsn(types[i].getOpcode(Opcodes.ILOAD), local);
            box(code, types[i]);
            code.visitInsn(Opcodes.AASTORE);
            local += types[i].getSize();
        }
        code.visitMethodInsn(
            Opcodes.INVOKESTATIC, RECORDER, "call", "([Ljava/lang/Object;)V", false);
    }

    private static void box(MethodVisitor code, Type type) {
        String[] boxes = {"", "Boolean", "Character", "Byte", "Short", "Integer", "Float", "Long", "Double"};
        if (type.getSort() <= Type.DOUBLE) {
            String box = "java/lang/" + boxes[type.getSort()];
            code.visitMethodInsn(Opcodes.INVOKESTATIC, box, "valueOf",
                "(" + type.getDescriptor() + ")L" + box + ";", false);
        }
    }

    /** Constants of the unit's code here: numbers with their neighbours, strings. */
    List<Object> constants(Map<String, byte[]> classes) {
        Set<Object> all = new LinkedHashSet<>();
        byte[] bytes = classes.get(names[0]);
        if (bytes != null) {
            new ClassReader(bytes).accept(new ClassVisitor(API) {
                @Override
                public MethodVisitor visitMethod(int access, String name, String form,
                        String generic, String[] thrown) {
                    return name.equals(names[1]) && form.equals(names[2]) ? constants(all) : null;
                }
            }, ClassReader.SKIP_FRAMES);
        }
        List<Object> some = new ArrayList<>(all);
        return some.subList(0, Math.min(some.size(), CONSTANTS));
    }

    private static MethodVisitor constants(Set<Object> all) {
        return new MethodVisitor(API) {
            private void number(int n) {
                all.add(n);
                all.add(n - 1);
                all.add(n + 1);
            }

            @Override
            public void visitInsn(int code) {
                if (code >= Opcodes.ICONST_M1 && code <= Opcodes.ICONST_5) {
                    number(code - Opcodes.ICONST_0);
                }
            }

            @Override
            public void visitIntInsn(int code, int n) {
                if (code != Opcodes.NEWARRAY) {
                    number(n);
                }
            }

            @Override
            public void visitLdcInsn(Object value) {
                if (value instanceof Integer) {
                    number((Integer) value);
                } else if (value instanceof Number || value instanceof String) {
                    all.add(value);
                }
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
                }
            }
        };
    }
}
