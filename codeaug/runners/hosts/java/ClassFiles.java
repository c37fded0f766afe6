package codeaug;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which class files a source file was compiled to: all whose SourceFile attribute names it. */
public final class ClassFiles {
    private ClassFiles() {}

    /** Class files of `source` (`org/acme/Foo.java`) below `output`: outer, nested, anonymous. */
    static List<Path> of(Path output, String source) throws IOException {
        int slash = source.lastIndexOf('/');
        Path folder = output.resolve(source.substring(0, Math.max(slash, 0)));
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return found;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.class")) {
            for (Path file : files) {
                if (sourceName(file).equals(source.substring(slash + 1))) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** The name of the source file as the class file says it, else the outermost class's name. */
    static String sourceName(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(
                new java.io.ByteArrayInputStream(Files.readAllBytes(file)))) {
            in.skipBytes(8);
            String[] texts = constants(in);
            in.skipBytes(6);
            in.skipBytes(2 * in.readUnsignedShort());
            members(in);
            members(in);
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                String name = texts[in.readUnsignedShort()];
                int length = in.readInt();
                if ("SourceFile".equals(name)) {
                    return texts[in.readUnsignedShort()];
                }
                in.skipBytes(length);
            }
        }
        String name = file.getFileName().toString();
        return name.replaceAll("(\\$.*)?\\.class$", ".java");
    }

    /** `org/acme/Foo$Bar` as the class file itself says it. */
    public static String name(Path file) throws IOException {
        try (DataInputStream in = new DataInputStream(
                new java.io.ByteArrayInputStream(Files.readAllBytes(file)))) {
            in.skipBytes(8);
            String[] texts = constants(in);
            in.skipBytes(2);
            return texts[in.readUnsignedShort()];
        }
    }

    /** Texts by number; at the number of a class its name. */
    private static String[] constants(DataInputStream in) throws IOException {
        String[] texts = new String[in.readUnsignedShort()];
        int[] classes = new int[texts.length];
        for (int i = 1; i < texts.length; i++) {
            int tag = in.readUnsignedByte();
            if (tag == 1) {
                texts[i] = in.readUTF();
            } else if (tag == 5 || tag == 6) {
                in.skipBytes(8);
                i++; // long and double take two places
            } else if (tag == 15) {
                in.skipBytes(3);
            } else if (tag == 7) {
                classes[i] = in.readUnsignedShort();
            } else if (tag == 8 || tag == 16 || tag == 19 || tag == 20) {
                in.skipBytes(2);
            } else {
                in.skipBytes(4);
            }
        }
        for (int i = 1; i < texts.length; i++) {
            texts[i] = classes[i] > 0 ? texts[classes[i]] : texts[i];
        }
        return texts;
    }

    private static void members(DataInputStream in) throws IOException {
        for (int left = in.readUnsignedShort(); left > 0; left--) {
            in.skipBytes(6);
            for (int attributes = in.readUnsignedShort(); attributes > 0; attributes--) {
                in.skipBytes(2);
                in.skipBytes(in.readInt());
            }
        }
    }
}
