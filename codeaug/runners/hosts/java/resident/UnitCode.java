package codeaug.resident;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
    private static final int CONSTANTS = 120;
    private static final String THROWABLE = "java/lang/Throwable";
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

    /**
     * The classes, where the unit first hands its receiver and arguments to the recorder, and what
     * it raises.
     */
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
                    private final Label start = new Label();
                    private final Label end = new Label();

                    @Override
                    public void visitCode() {
                        super.visitCode();
                        record(this, (access & Opcodes.ACC_STATIC) == 0);
                        visitLabel(start);
                    }

                    @Override
                    public void visitMaxs(int stack, int locals) {
                        if (!name.equals("<init>")) { // where `this` may not be one yet
                            visitLabel(end);
                            visitTryCatchBlock(start, end, end, null);
                            visitFrame(Opcodes.F_FULL, 0, new Object[0], 1, new Object[] {THROWABLE});
                            visitInsn(Opcodes.DUP);
                            visitMethodInsn(Opcodes.INVOKESTATIC, RECORDER, "raised",
                                "(L" + THROWABLE + ";)V", false);
                            visitInsn(Opcodes.ATHROW);
                        }
                        super.visitMaxs(stack, locals);
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

    /** At most so many. */
    static List<Object> some(Set<Object> constants) {
        List<Object> all = new ArrayList<>(constants);
        return all.subList(0, Math.min(all.size(), CONSTANTS));
    }
}
