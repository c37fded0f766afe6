package codeaug;

import java.util.List;
import java.util.regex.Pattern;

/** File patterns as Maven plug-ins read them: Ant globs, `%regex[...]`, `%ant[...]`, `!not`. */
final class Patterns {
    private Patterns() {}

    /** Whether a file such as `org/acme/FooTest.class` is chosen; no `includes` means every file. */
    static boolean chosen(String file, List<String> includes, List<String> excludes) {
        boolean chosen = includes.isEmpty();
        for (String include : includes) {
            if (include.startsWith("!")) {
                if (matches(file, include.substring(1))) {
                    return false;
                }
            } else {
                chosen |= matches(file, include);
            }
        }
        for (String exclude : excludes) {
            if (matches(file, exclude)) {
                return false;
            }
        }
        return chosen;
    }

    private static boolean matches(String file, String pattern) {
        String text = pattern.trim();
        if (text.startsWith("%regex[") && text.endsWith("]")) {
            String regex = text.substring(7, text.length() - 1);
            return Pattern.matches(regex, file)
                || Pattern.matches(regex, file.replaceAll("\\.(class|java)$", ".class"));
        }
        if (text.startsWith("%ant[") && text.endsWith("]")) {
            text = text.substring(5, text.length() - 1);
        }
        return Pattern.matches(glob(text), stem(file));
    }

    private static String stem(String file) {
        return file.replaceAll("\\.(class|java)$", "");
    }

    /** `**` crosses folders, `*` and `?` do not; a bare class name matches in every package. */
    private static String glob(String pattern) {
        String text = pattern.replaceAll("#.*$", "").replace('\\', '/');
        text = text.replaceAll("\\.(class|java|\\*)$", "");
        if (text.endsWith("/")) {
            text += "**";
        }
        if (!text.contains("/")) {
            text = "**/" + text.replace('.', '/');
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("**/", i)) {
                regex.append("(?:.*/)?");
                i += 2;
            } else if (text.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else if (text.charAt(i) == '*') {
                regex.append("[^/]*");
            } else if (text.charAt(i) == '?') {
                regex.append("[^/]");
            } else {
                regex.append(Pattern.quote(text.substring(i, i + 1)));
            }
        }
        return regex.toString();
    }
}
