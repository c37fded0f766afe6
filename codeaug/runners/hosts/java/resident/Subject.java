package codeaug.resident;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Of which parameters a part of a sentence says that they are "positive", "not negative", "not NaN". */
final class Subject {
    private static final int SHORTEST = 3; // of a part of a name that is a word: not the `to` of `toDay`
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern ALL =
        Pattern.compile("(?i)\\b(all|both|each|every|neither|arguments?|parameters?)\\b");
    private static final Pattern OF_MANY = Pattern.compile("\\s+(?:\\w+\\s+)?\\w*[a-z]s\\b.*", Pattern.DOTALL);
    private static final Pattern OF_RESULT =
        Pattern.compile("(?i)\\b(result|answer|outcome|total) (is|are|will be|can be|may be)\\b");

    private final List<String> names;
    private final int numbers;

    /** `numbers`: how many parameters are some. */
    Subject(List<String> names, int numbers) {
        this.names = names;
        this.numbers = numbers;
    }

    /** Whether the words from `start` to `end` of the part are said of the parameter. */
    boolean is(String name, String part, int start, int end) {
        if (names.stream().anyMatch(other -> has(part, other))) {
            return has(part, name);
        }
        String before = part.substring(0, start);
        String word = before.isEmpty() ? "" : last(before);
        if (word.isEmpty()) {
            word = first(part.substring(end));
        }
        if (!word.isEmpty()) {
            return words(name).contains(word);
        }
        if (OF_RESULT.matcher(before).find()) {
            return false;
        }
        return numbers == 1 || ALL.matcher(part).find() || OF_MANY.matcher(part.substring(end)).matches();
    }

    /** The last word that is a part of a name, such as the `period` of `periodDays`; "" for none. */
    private String last(String text) {
        String last = "";
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            last = known(matcher.group()).isEmpty() ? last : known(matcher.group());
        }
        return last;
    }

    private String first(String text) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            if (!known(matcher.group()).isEmpty()) {
                return known(matcher.group());
            }
        }
        return "";
    }

    private String known(String word) {
        String plain = singular(word.toLowerCase(Locale.ROOT));
        return plain.length() >= SHORTEST && names.stream().anyMatch(name -> words(name).contains(plain)) ? plain : "";
    }

    private static Set<String> words(String name) {
        Set<String> all = new LinkedHashSet<>();
        Arrays.stream(name.split("_|(?<=[a-z0-9])(?=[A-Z])")).map(word -> singular(word.toLowerCase(Locale.ROOT)))
            .forEach(all::add);
        return all;
    }

    private static String singular(String word) {
        return word.length() > SHORTEST && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    }

    private static boolean has(String part, String name) {
        return !name.isEmpty() && part.matches("(?s).*\\b" + Pattern.quote(name) + "\\b.*");
    }
}
