package codeaug.resident;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the unchanged unit's text and code say of what it takes. */
final class About {
    /** Its Javadoc; "" without one. */
    String words = "";
    /** Of parameters; empty where the class files do not tell. */
    final List<String> names = new ArrayList<>();
    /** Numbers of parameters that it asks whether they are null, or that are said to be it. */
    final Set<String> nullable = new LinkedHashSet<>();
    /** Whether it asks that of anything. */
    boolean asksForNull;
    /** Classes in its `throws`. */
    final Set<String> thrown = new LinkedHashSet<>();
    /** Classes that it catches. */
    final Set<String> caught = new LinkedHashSet<>();

    /** Whether the file says that there is no null in what it is given. */
    boolean refusesNull;
    /** Names of fields of which a class of the file sees to it that no item is in them twice. */
    final Set<String> distinct = new LinkedHashSet<>();
    /** Names of fields that a class of the file sorts, and the getter by which. */
    final Set<String> sorted = new LinkedHashSet<>();
    /** Ends of time that the file names, such as `LocalDate.MAX`. */
    final Set<String> moments = new LinkedHashSet<>();
    /** Of fields from which it takes what is too much, the name and how much may stay: a number or a field. */
    final Set<String> limits = new LinkedHashSet<>();

    /** Fields in which there is only what their class makes by `new`: see {@link #field}. */
    final Set<String> made = new LinkedHashSet<>();
    /** Fields to which no constructor or setter hands a number, and that are not NaN to begin with. */
    final Set<String> finite = new LinkedHashSet<>();

    static String field(String type, String name) {
        return type.replace('/', '.') + " " + name;
    }

    static String field(Field field) {
        return field(field.getDeclaringClass().getName(), field.getName());
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(words.length() < 5000 ? words : words.substring(0, 5000));
        out.writeBoolean(asksForNull);
        out.writeBoolean(refusesNull);
        write(out, names);
        write(out, nullable);
        write(out, thrown);
        write(out, caught);
        write(out, made);
        write(out, finite);
        write(out, distinct);
        write(out, limits);
        write(out, sorted);
        write(out, moments);
    }

    static About read(DataInputStream in) throws IOException {
        About about = new About();
        about.words = in.readUTF();
        about.asksForNull = in.readBoolean();
        about.refusesNull = in.readBoolean();
        read(in, about.names);
        read(in, about.nullable);
        read(in, about.thrown);
        read(in, about.caught);
        read(in, about.made);
        read(in, about.finite);
        read(in, about.distinct);
        read(in, about.limits);
        read(in, about.sorted);
        read(in, about.moments);
        return about;
    }

    private static void write(DataOutputStream out, Collection<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    private static void read(DataInputStream in, Collection<String> to) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            to.add(in.readUTF());
        }
    }

    /** The comment before line `first` (from 1) of a text, without its stars; "" when there is none. */
    static String javadoc(String text, int first) {
        String[] lines = text.split("\n", -1);
        StringBuilder before = new StringBuilder();
        for (int i = 0; i < Math.min(first - 1, lines.length); i++) {
            before.append(lines[i]).append('\n');
        }
        String head = before.toString();
        int end = head.lastIndexOf("*/");
        int start = head.lastIndexOf("/**");
        // the unit may begin behind its annotations
        boolean near = start >= 0 && end > start && head.substring(end + 2).trim().matches("(?s)(@[^;{}]*)?");
        return near ? head.substring(start + 3, end).replaceAll("\\n\\s*\\*?", " ")
            .replaceAll("\\{@\\w+ ([^}]*)\\}", "$1")
            .replaceAll("(?s)@return.*?(?=@|$)", "").trim() : ""; // that is what it gives
    }
}
