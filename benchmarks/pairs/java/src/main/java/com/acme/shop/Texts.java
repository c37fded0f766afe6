package com.acme.shop;

import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.stream.*;

/** Texts as customers and suppliers write them; no argument is null unless it says so. */
public final class Texts {
    private Texts() {}

    /** The text in at most {@code width} (at least 3) chars, with "..." where it was cut. */
    public static String truncate(String text, int width) {
        if (text.length() <= width) {
            return text;
        }
        return text.substring(0, width - 3) + "...";
    }

    /** How often each word (separated by blanks) occurs, in order of first occurrence. */
    public static Map<String, Integer> wordCounts(String text) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String word : text.trim().split("\\s+")) {
            if (!word.isEmpty()) {
                counts.put(word, counts.getOrDefault(word, 0) + 1);
            }
        }
        return counts;
    }

    /** Fields between semicolons, empty ones at the end too. */
    public static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == ';') {
                fields.add(line.substring(from, i));
                from = i + 1;
            }
        }
        fields.add(line.substring(from));
        return fields;
    }

    /** Whether letters and digits (of the basic plane) read the same from both ends. */
    public static boolean isPalindrome(String text) {
        int left = 0;
        int right = text.length() - 1;
        while (left < right) {
            char a = text.charAt(left);
            char b = text.charAt(right);
            if (!Character.isLetterOrDigit(a)) {
                left++;
            } else if (!Character.isLetterOrDigit(b)) {
                right--;
            } else if (Character.toLowerCase(a) != Character.toLowerCase(b)) {
                return false;
            } else {
                left++;
                right--;
            }
        }
        return true;
    }

    /** The text backwards, by Unicode code points. */
    public static String reversed(String text) {
        StringBuilder out = new StringBuilder();
        int[] points = text.codePoints().toArray();
        for (int i = points.length - 1; i >= 0; i--) {
            out.appendCodePoint(points[i]);
        }
        return out.toString();
    }

    /** Whether both are null or hold the same chars without regard to ASCII case. */
    public static boolean sameCode(String a, String b) {
        if (a == null || b == null) {
            return a == b;
        }
        return a.toLowerCase(Locale.ROOT).equals(b.toLowerCase(Locale.ROOT));
    }

    /** Whether the text fits a field of {@code size} bytes of UTF-8. */
    public static boolean fitsField(String text, int size) {
        return text.getBytes(StandardCharsets.UTF_8).length <= size;
    }

    /** The names (none null) joined by ", ", the last by " and "; empty for none. */
    public static String joined(List<String> names) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                out.append(i == names.size() - 1 ? " and " : ", ");
            }
            out.append(names.get(i));
        }
        return out.toString();
    }

    /** The letters a to z moved on by {@code by} (of either sign); other chars stay. */
    public static String shifted(String text, int by) {
        StringBuilder out = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c >= 'a' && c <= 'z') {
                out.append((char) ('a' + Math.floorMod(c - 'a' + by % 26, 26)));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Every dot as a dash. */
    public static String dashed(String name) {
        return name.replace('.', '-');
    }

    /** The same 32-bit sum for the same text: 31 * sum + char, with overflow. */
    public static int checksum(String text) {
        int sum = 7;
        for (int i = 0; i < text.length(); i++) {
            sum = 31 * sum + text.charAt(i);
        }
        return sum;
    }

    /** The longest text with which all names begin; empty for no names. */
    public static String commonPrefix(List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String prefix = names.get(0);
        for (String name : names) {
            while (!name.startsWith(prefix)) {
                prefix = prefix.substring(0, prefix.length() - 1);
            }
        }
        return prefix;
    }
}
