package codeaug.resident;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Other texts: characters in, out and changed, words moved, numbers replaced. */
final class Texts {
    private static final int LONGEST = 200;
    private static final int SHORT = 12;
    private static final int MOST_PARTS = 8;
    private static final int FEW_SIGNS = 4; // of them, before another one
    private static final int MOST_SIGNS = 6; // of the code, of which texts are made
    // what only looks like a letter, digit, blank or line end, or changes its length with its case
    private static final String[] SIGNS = {
        "a", "B", "0", "9", "i", "I", " ", "_", "-", "+", ".", ",", ";", ":", "/", "@", "#", "'",
        "\"", "\\", "$", "%", "(", "[", "|", "*", "?", "^", "\t", "\n", "\r", "\u000b", "\0",
        "\u00e9", "\u00df", "\u017f", "\u0130", "\u0131", "\u0663", "\u00b2", "\u00e0", "\u03a9",
        "\u2028", "\u00a0", "\u2003", "\ud83d\ude00", "\ud801\udc00", "\ud835\udfce", "\ud800", "\ude00\ud83d", "\u0301"
    };
    private static final String[] NUMBERS = {"0", "1", "9", "00", "10", "29", "59", "60", "99", "100", "128", "007",
        "2147483648"};
    private static final Pattern SEPARATOR = Pattern.compile("[^\\w\\s.]");
    private static final String ZEROS = "00000000";
    private static final String[] BLANKS = {" ", "\t", "\n", "\u2003", "\u00a0", "\u2028", "\u0001", "\u001f"};
    private static final char ARABIC_ZERO = '\u0660';
    private static final String FAR = "\ud801\udc00\ud835\udfce"; // a letter and a digit of two characters each

    /** Nearly the same text twice. */
    static final String[][] TWINS = {{"TITLE", "title"}, {"\u00df", "SS"}, {"\u0130", "i"}, {"\u017f", "s"},
        {"\u00e9", "e\u0301"}, {"a", "a "}, {"a", "a\0"}, {"Aa", "BB"}, {"10", "9"}, {"a", "ab"}, {"", " "}};

    private final Random chance;
    private final List<String> constants;

    /** `constants`: short texts of the code. */
    Texts(Random chance, List<String> constants) {
        this.chance = chance;
        this.constants = constants;
    }

    List<String> others(String text) {
        List<String> all = new ArrayList<>(Arrays.asList("", text + "a", text + text,
            text.toUpperCase(Locale.ROOT), text.toLowerCase(Locale.ROOT), " " + text, text + " ",
            "\u2003" + text + "\u2003", text + "\u00e9", text + "\ude00\ud83d", "\ud83d\ude00" + text,
            FAR + text, text + FAR.toLowerCase(Locale.ROOT), text + "\n", "0", "a", " ", foreign(text)));
        if (!text.isEmpty()) {
            all.add(text.substring(1));
            all.add(text.substring(0, text.length() - 1));
            all.add(new StringBuilder(text).reverse().toString());
        }
        for (int i = 0; i < Math.min(text.length(), SHORT); i++) { // a sign of another kind in each place
            char c = text.charAt(i);
            for (String sign : Character.isDigit(c) ? new String[] {"+", "-", "K", "k", "_"}
                    : new String[] {"7", "K", "k", "_"}) {
                if (Character.getType(c) != Character.getType(sign.charAt(0))) {
                    all.add(text.substring(0, i) + sign + text.substring(i + 1));
                }
            }
        }
        all.addAll(repeated(text));
        return all;
    }

    /** `KEY:VALUE/...` with the key once more before it, without a value: `KEY:/KEY:VALUE/...`. */
    private static List<String> repeated(String text) {
        List<String> all = new ArrayList<>();
        Matcher inner = SEPARATOR.matcher(text);
        if (inner.find()) {
            Matcher outer = SEPARATOR.matcher(text);
            for (int from = inner.end(); all.size() < FEW_SIGNS && outer.find(from); from = outer.end()) {
                if (!outer.group().equals(inner.group())) {
                    all.add(text.substring(0, inner.end()) + outer.group() + text);
                }
            }
        }
        return all;
    }

    /** Each sign of the code before, behind, around and between a plain word. */
    List<String> arranged(String text) {
        List<String> all = new ArrayList<>();
        String plain = text.replaceAll("^\\W+|\\W.*", "");
        String word = plain.isEmpty() ? "a" : plain;
        for (String sign : constants.subList(0, Math.min(MOST_SIGNS, constants.size()))) {
            all.addAll(Arrays.asList(sign + word, word + sign, sign + word + sign, sign + sign, word + sign + word,
                word + sign + sign + word, sign + word + sign + word, word + sign + word + sign, sign + sign + word,
                word + sign + sign));
            constants.stream().limit(FEW_SIGNS).filter(other -> !other.equals(sign))
                .forEach(other -> all.add(sign + other + word));
        }
        return all;
    }

    /** What a unit may look up for a text: itself, a sign of the code, what is before or behind a sign. */
    List<String> parts(String text) {
        Set<String> all = new LinkedHashSet<>(Arrays.asList(text, ""));
        for (String sign : constants.subList(0, Math.min(MOST_SIGNS, constants.size()))) {
            all.add(sign);
            int end = text.lastIndexOf(sign);
            if (end >= 0) {
                all.addAll(Arrays.asList(text.substring(0, end), text.substring(end + sign.length()),
                    text.substring(0, text.indexOf(sign)), text.substring(0, end + sign.length())));
            }
        }
        if (text.length() > 1) {
            all.add(text.substring(0, text.length() - 1));
            all.add(text.substring(0, 1));
        }
        return new ArrayList<>(all).subList(0, Math.min(MOST_PARTS, all.size()));
    }

    String changed(String text) {
        int at = chance.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + 1 + chance.nextInt(3));
        String head = text.substring(0, at);
        String made;
        switch (chance.nextInt(12)) {
            case 0:
                made = head + sign(text) + text.substring(at);
                break;
            case 1:
                made = head + text.substring(end);
                break;
            case 2:
                made = head + sign(text) + text.substring(Math.min(text.length(), at + 1));
                break;
            case 3:
            case 4:
            case 5:
                made = alike(text, Math.min(at, text.length() - 1));
                break;
            case 6:
                made = words(text);
                break;
            case 7:
                made = head + swapped(text.substring(at));
                break;
            case 8:
                made = numbers(text);
                break;
            case 9:
                String blank = BLANKS[chance.nextInt(BLANKS.length)];
                made = chance.nextBoolean() ? blank + text : text + blank;
                break;
            case 10:
                List<String> arranged = arranged(text);
                made = arranged.isEmpty() ? text : arranged.get(chance.nextInt(arranged.size()));
                break;
            default:
                made = head + text.substring(at, end) + text.substring(at);
                break;
        }
        return made.length() <= Math.max(LONGEST, text.length()) ? made : text;
    }

    private String sign(String text) {
        if (!constants.isEmpty() && chance.nextInt(4) == 0) {
            return constants.get(chance.nextInt(constants.size()));
        }
        return !text.isEmpty() && chance.nextInt(5) < 2
            ? String.valueOf(text.charAt(chance.nextInt(text.length()))) : SIGNS[chance.nextInt(SIGNS.length)];
    }

    /** Another sign of the same kind, so that the text keeps its form; at times of another script. */
    private String alike(String text, int at) {
        if (at < 0) {
            return text;
        }
        char c = text.charAt(at);
        boolean odd = chance.nextInt(4) == 0;
        if (!odd && Character.isDigit(c) && chance.nextBoolean()) {
            return digits(text);
        }
        String made = Character.isDigit(c) ? digit(c, odd)
            : Character.isUpperCase(c) ? (odd ? "\u0130" : String.valueOf((char) ('A' + chance.nextInt(26))))
            : Character.isLowerCase(c) ? (odd ? "\u017f" : String.valueOf((char) ('a' + chance.nextInt(26))))
            : Character.isWhitespace(c) ? (odd ? "\u00a0" : chance.nextBoolean() ? "\t" : "  ")
            : String.valueOf(",.;:-_/+".charAt(chance.nextInt(8)));
        return text.substring(0, at) + made + text.substring(at + 1);
    }

    private String digit(char c, boolean odd) {
        return String.valueOf((char) (odd ? ARABIC_ZERO + Character.digit(c, 10) : '0' + chance.nextInt(10)));
    }

    /** Every digit another. */
    private String digits(String text) {
        StringBuilder made = new StringBuilder();
        for (char c : text.toCharArray()) {
            made.append(c >= '0' && c <= '9' ? (char) ('0' + chance.nextInt(10)) : c);
        }
        return made.toString();
    }

    /** Its digits in another script. */
    private static String foreign(String text) {
        StringBuilder made = new StringBuilder();
        for (char c : text.toCharArray()) {
            made.append(c >= '0' && c <= '9' ? (char) (ARABIC_ZERO + c - '0') : c);
        }
        return made.toString();
    }

    static String swapped(String text) {
        StringBuilder made = new StringBuilder();
        for (char c : text.toCharArray()) {
            made.append(Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
        }
        return made.toString();
    }

    /** The words in another order, one of them left out, or there once more. */
    private String words(String text) {
        List<String> words = new ArrayList<>(Arrays.asList(text.split("(?<=\\W)|(?=\\W)")));
        if (words.size() < 2) {
            return text + text;
        }
        int at = chance.nextInt(words.size());
        switch (chance.nextInt(3)) {
            case 0:
                Collections.swap(words, at, chance.nextInt(words.size()));
                break;
            case 1:
                words.remove(at);
                break;
            default:
                words.add(chance.nextInt(words.size()), words.get(at));
                break;
        }
        return String.join("", words);
    }

    /** Another number in the place of one. */
    private String numbers(String text) {
        List<String> parts = new ArrayList<>(Arrays.asList(text.split("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)")));
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).matches("\\d+")) {
                places.add(i);
            }
        }
        if (places.isEmpty()) {
            return text + NUMBERS[chance.nextInt(NUMBERS.length)];
        }
        int place = places.get(chance.nextInt(places.size()));
        if (chance.nextInt(6) == 0) {
            parts.set(place, ZEROS.substring(chance.nextInt(ZEROS.length())) + parts.get(place));
            return String.join("", parts);
        }
        int length = parts.get(place).length();
        parts.set(place, chance.nextInt(4) == 0 ? String.valueOf(Long.MAX_VALUE >>> chance.nextInt(40))
            : chance.nextBoolean() ? NUMBERS[chance.nextInt(NUMBERS.length)]
            : String.format(Locale.ROOT, "%0" + length + "d", chance.nextInt((int) Math.pow(10, Math.min(length, 9)))));
        return String.join("", parts);
    }
}
