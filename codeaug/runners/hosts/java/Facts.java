package codeaug;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was learnt about one plug-in execution: keys with any number of values. On disk one
 * `key TAB value` a line, an empty line after each; backslash, tab and line breaks are escaped.
 */
public final class Facts {
    private final Map<String, List<String>> values = new LinkedHashMap<>();

    public Facts put(String key, String value) {
        if (value != null) {
            values.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
        }
        return this;
    }

    public Facts putAll(String key, Collection<String> all) {
        for (String value : all) {
            put(key, value);
        }
        return this;
    }

    public List<String> all(String key) {
        return values.getOrDefault(key, Collections.<String>emptyList());
    }

    public String get(String key) {
        List<String> all = all(key);
        return all.isEmpty() ? "" : all.get(0);
    }

    public boolean is(String key, String value) {
        return get(key).equals(value);
    }

    void append(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        values.forEach((key, all) -> {
            for (String value : all) {
                text.append(key).append('\t').append(escape(value)).append('\n');
            }
        });
        text.append('\n');
        Files.createDirectories(file.getParent());
        Files.write(file, text.toString().getBytes(StandardCharsets.UTF_8),
            StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    public static List<Facts> read(Path file) throws IOException {
        List<Facts> all = new ArrayList<>();
        Facts facts = new Facts();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            if (line.isEmpty()) {
                all.add(facts);
                facts = new Facts();
            } else {
                int tab = line.indexOf('\t');
                facts.put(line.substring(0, tab), unescape(line.substring(tab + 1)));
            }
        }
        return all;
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n")
            .replace("\r", "\\r");
    }

    private static String unescape(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                char next = value.charAt(++i);
                c = next == 't' ? '\t' : next == 'n' ? '\n' : next == 'r' ? '\r' : next;
            }
            text.append(c);
        }
        return text.toString();
    }
}
