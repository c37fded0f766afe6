package codeaug;

import java.io.ByteArrayInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

/** The report channel: `nonce json` lines on descriptor $CODEAUG_REPORT, flushed one by one. */
public final class Report {
    private final String nonce;
    private final OutputStream out;

    private Report(String nonce, OutputStream out) {
        this.nonce = nonce;
        this.out = out;
    }

    /** Takes the nonce from standard input and closes that, before any code of the project runs. */
    static Report open() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = System.in.read(); c >= 0 && c != '\n'; c = System.in.read()) {
            line.append((char) c);
        }
        System.in.close();
        System.setIn(new ByteArrayInputStream(new byte[0]));
        return to(line.toString());
    }

    /** For a program that has read the nonce and runs no code of the project. */
    public static Report to(String nonce) throws IOException {
        String descriptor = System.getenv("CODEAUG_REPORT");
        return new Report(nonce, new FileOutputStream("/dev/fd/" + descriptor));
    }

    /** For a program that runs code of the project: `token` is all that it knows of its reader. */
    public static Report to(String token, OutputStream out) {
        return new Report(token, out);
    }

    public synchronized void send(Object value) {
        try {
            out.write((nonce + " " + json(value) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e); // nobody reads any more: do not go on
        }
    }

    private static String json(Object value) {
        StringBuilder text = new StringBuilder();
        write(text, value);
        return text.toString();
    }

    private static void write(StringBuilder text, Object value) {
        if (value instanceof Map) {
            String comma = "{";
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                quote(text.append(comma), String.valueOf(entry.getKey()));
                write(text.append(':'), entry.getValue());
                comma = ",";
            }
            text.append(comma.equals("{") ? "{}" : "}");
        } else if (value instanceof Collection) {
            String comma = "[";
            for (Object item : (Collection<?>) value) {
                write(text.append(comma), item);
                comma = ",";
            }
            text.append(comma.equals("[") ? "[]" : "]");
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            quote(text, value.toString());
        }
    }

    private static void quote(StringBuilder text, String value) {
        text.append('"');
        for (char c : value.toCharArray()) {
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
