package codeaug.resident;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Arrays;

/** An object of the JDK and nothing but the JDK, as it serializes itself. */
final class Frozen {
    private static final int MOST = 1 << 16; // bytes

    private final byte[] bytes;
    private final String shown;

    private Frozen(byte[] bytes, String shown) {
        this.bytes = bytes;
        this.shown = shown;
    }

    static Frozen of(Object value) throws NoCopy {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!(value instanceof Serializable) || !value.getClass().getName().startsWith("java.")) {
            throw new NoCopy(value.getClass().getName());
        }
        try (ObjectOutputStream out = new ObjectOutputStream(bytes) {
            @Override
            protected void annotateClass(Class<?> type) throws IOException {
                if (type.getClassLoader() instanceof java.net.URLClassLoader) {
                    throw new IOException(type.getName());
                }
            }
        }) {
            out.writeObject(value);
        } catch (IOException | RuntimeException e) {
            throw new NoCopy(value.getClass().getName());
        }
        if (bytes.size() > MOST) {
            throw new NoCopy("a value of too many parts");
        }
        return new Frozen(bytes.toByteArray(), String.valueOf(value));
    }

    Object thawed() throws NoCopy {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return in.readObject();
        } catch (IOException | ClassNotFoundException | RuntimeException e) {
            throw new NoCopy(shown);
        }
    }

    @Override
    public String toString() {
        return (shown.contains("@") ? "" : shown) + "#" + Integer.toHexString(Arrays.hashCode(bytes));
    }
}
