package codeaug.resident;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What numbers an argument may be. */
final class Bounds {
    static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, true);
    private static final String NUMBER = "(-?\\d+(?:\\.\\d+)?)";
    private static final String LEAST = "(?:at least|>=|\u2265|not below|not less than|no less than) ?" + NUMBER;
    private static final String MOST = "(?:at most|<=|\u2264|not above|not more than|no more than|up to) ?" + NUMBER;
    private static final String ABOVE = "(?:>|above|greater than|more than) ?" + NUMBER;
    private static final String RANGE = "\\[?" + NUMBER + "(?: to | and | through |\\.\\.|, ?| ?[-\u2013] ?)" + NUMBER;
    // what may stand between the name and that
    private static final String LINK = "[\\s(,:\"'`]*(?:of (?:an?|the|each|every|one) \\w+ )?(?:(?:is|are|must be|has to be|being|from|between|in|for|of) )*";
    private static final Pattern SAID = Pattern.compile(LINK + "(?:" + RANGE + "|" + LEAST + "|" + MOST + "|" + ABOVE
        + ")(?:,? (?:and )?" + MOST + ")?.*", Pattern.DOTALL);
    private static final String OR_MORE = NUMBER + " or (?:more|above|greater|higher|larger|later)\\b";
    private static final String OR_LESS = NUMBER + " or (?:less|fewer|below|lower|smaller|earlier)\\b";
    private static final Pattern UNNAMED = Pattern.compile("\\((?:at least )?" + OR_MORE + "\\)");
    private static final Pattern NOT_BELOW = Pattern.compile("(?i)\\bnon-?negative\\b|\\b(?:not|never|no|none)"
        + "(?: be| is| are| of them is)? negative\\b|\\bpositive or (?:zero|0)\\b|\\b(?:zero|0) or positive\\b");
    // not what it gives for those that are not positive, and not "positive or negative"
    private static final Pattern POSITIVE = Pattern.compile("(?i)(?<!\\b(?:not|never|neither|negative or|negative and"
        + "|zero or|0 or) |\\bnon-)\\bpositive\\b(?! (?:or|and) (?:negative|zero|0)\\b| infinity\\b)");
    private static final Pattern NO_NAN = Pattern.compile("(?i)\\b(?:neither|not|no|never|non-) ?nan\\b");
    private static final String[] WORDS = {"zero", "one", "two", "three"};

    private final double least;
    private final double most;
    private final boolean nan;

    private Bounds(double least, double most, boolean nan) {
        this.least = least;
        this.most = most;
        this.nan = nan;
    }

    /** What the Javadoc says behind the parameter's name, or of it; `numbers`: how many parameters are some. */
    static Bounds of(About about, int number, int numbers) {
        if (number < 0 || number >= about.names.size() || about.names.get(number).isEmpty()) {
            return NONE;
        }
        double least = Double.NEGATIVE_INFINITY;
        double most = Double.POSITIVE_INFINITY;
        for (String said : said(about, about.names.get(number))) {
            Matcher matcher = SAID.matcher(said);
            if (matcher.matches()) {
                least = Math.max(least, first(matcher, Double.NEGATIVE_INFINITY, 1, 3));
                least = Math.max(least, Math.nextUp(first(matcher, Double.NEGATIVE_INFINITY, 5)));
                most = Math.min(most, first(matcher, Double.POSITIVE_INFINITY, 2, 4, 6));
            }
        }
        Matcher unnamed = UNNAMED.matcher(words(about));
        if (unnamed.find() && about.names.stream().noneMatch(each -> isSaid(about, each))) {
            least = Math.max(least, Double.parseDouble(unnamed.group(1)));
        }
        Subject subject = new Subject(about.names, numbers);
        String name = about.names.get(number);
        boolean nan = true;
        for (String part : words(about).split("[;.()]|@param")) {
            least = says(NOT_BELOW, part, subject, name) ? Math.max(least, 0) : least;
            least = says(POSITIVE, part, subject, name) ? Math.max(least, Math.nextUp(0.0)) : least;
            nan &= !says(NO_NAN, part, subject, name);
        }
        return new Bounds(least, most, nan);
    }

    private static boolean says(Pattern pattern, String part, Subject subject, String name) {
        Matcher matcher = pattern.matcher(part);
        return matcher.find() && subject.is(name, part, matcher.start(), matcher.end());
    }

    /** The Javadoc without what it throws: that is refused on purpose, and no precondition. */
    private static String words(About about) {
        String words = about.words.replaceAll("(?s)@(throws|exception)\\b.*?(?=@|$)", "");
        return inDigits(words, "\\b", "(?= or (?:more|less|fewer)\\b)");
    }

    private static double first(Matcher matcher, double otherwise, int... groups) {
        for (int group : groups) {
            if (matcher.group(group) != null) {
                return Double.parseDouble(matcher.group(group));
            }
        }
        return otherwise;
    }

    private static boolean isSaid(About about, String name) {
        return !name.isEmpty() && said(about, name).stream().anyMatch(said -> SAID.matcher(said).matches());
    }

    /** What follows each mention of the name, up to the next name or the end of the part. */
    private static List<String> said(About about, String name) {
        List<String> all = new ArrayList<>();
        String words = words(about).replaceAll("\\{?@\\w+ ?", "").replace("}", "")
            .replaceAll("(?<=\\d),(?=\\d{3}\\b)", "");
        words = inDigits(words, "(?<=at (?:least|most) )", "\\b");
        words = words.replaceAll(OR_MORE, "at least $1").replaceAll(OR_LESS, "at most $1");
        String[] parts = words.split("(?i)\\b" + Pattern.quote(name) + "s?\\b", -1);
        for (int i = 1; i < parts.length; i++) {
            String said = parts[i].split("[;)]|\\. |\\.$|, (?!at most)", 2)[0];
            for (String other : about.names) {
                said = other.isEmpty() || other.equals(name) ? said
                    : said.split("\\b" + Pattern.quote(other) + "\\b", 2)[0];
            }
            all.add(said);
        }
        return all;
    }

    /** With digits for small numbers that stand between such words. */
    private static String inDigits(String words, String before, String behind) {
        for (int i = 0; i < WORDS.length; i++) {
            words = words.replaceAll(before + WORDS[i] + behind, String.valueOf(i));
        }
        return words;
    }

    boolean hold(Shape shape) {
        if (!(shape.value instanceof Number)) {
            return true;
        }
        double value = ((Number) shape.value).doubleValue();
        return value != value ? nan : value >= least && value <= most;
    }

    List<Object> ends() {
        List<Object> all = new ArrayList<>();
        for (double end : new double[] {least, most}) {
            if (!Double.isInfinite(end)) {
                for (int by = -1; by <= 1; by++) {
                    all.add((int) (end + by));
                }
            }
        }
        if (all.size() > 3) {
            all.add((int) ((least + most) / 2));
        }
        return all;
    }

    /** The value, or one within the bounds; null when there is none like it. */
    Shape within(Shape shape) {
        if (hold(shape)) {
            return shape;
        }
        double value = ((Number) shape.value).doubleValue();
        if (value != value) {
            return null;
        }
        double end = Double.isInfinite(most) || value < least && !Double.isInfinite(least) ? least : most;
        double width = most - least + 1;
        double turned = Double.isInfinite(width) ? 2 * end - value : least + Math.floor(Math.abs(value) % width);
        Shape made = Shape.of(Values.number(turned, shape.value));
        return hold(made) ? made : Shape.of(Values.number(Math.ceil(end), shape.value));
    }
}
