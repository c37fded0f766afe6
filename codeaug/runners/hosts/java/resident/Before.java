package codeaug.resident;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Reads a method for what stands right before its fields are set. */
abstract class Before extends MethodVisitor {
    static final Object NULL = "null";

    private Object constant;
    private boolean isNew;

    Before() {
        super(Opcodes.ASM9);
    }

    /** `field`: see About. `constant`: null where it is none, NULL for that one. `isNew`: an object just made. */
    abstract void set(String field, Object constant, boolean isNew);

    private void last(Object number, boolean made) {
        constant = number;
        isNew = made;
    }

    @Override
    public void visitFieldInsn(int code, String owner, String name, String form) {
        if (code == Opcodes.PUTFIELD) {
            set(About.field(owner, name), constant, isNew);
        }
        last(null, false);
    }

    @Override
    public void visitMethodInsn(int code, String owner, String name, String form, boolean ofInterface) {
        last(null, code == Opcodes.INVOKESPECIAL && name.equals("<init>"));
    }

    @Override
    public void visitLdcInsn(Object value) {
        last(value, false);
    }

    @Override
    public void visitInsn(int code) {
        boolean number = code >= Opcodes.ICONST_M1 && code <= Opcodes.DCONST_1;
        last(code == Opcodes.ACONST_NULL ? NULL : number ? (Object) 0 : null, false);
    }

    @Override
    public void visitVarInsn(int code, int local) {
        last(null, false);
    }

    @Override
    public void visitTypeInsn(int code, String type) {
        last(null, false);
    }

    @Override
    public void visitIntInsn(int code, int n) {
        last(n, false);
    }

    @Override
    public void visitJumpInsn(int code, Label to) {
        last(null, false);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String form, Handle maker, Object... arguments) {
        last(null, false);
    }
}
