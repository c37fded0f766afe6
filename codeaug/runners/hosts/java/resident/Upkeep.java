package codeaug.resident;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file's text says of the state that its classes keep: no null, nothing twice, not too much, in order. */
final class Upkeep {
    private static final Pattern TYPE_WORDS = Pattern.compile("/\\*\\*([^*]*+(?:\\*(?!/)[^*]*+)*+)\\*/\\s*"
        + "(?:@\\w+(?:\\([^)]*\\))?\\s+)*(?:(?:public|protected|private|static|final|abstract|sealed)\\s+)*"
        + "(?:class|record|interface|enum)\\b");
    private static final Pattern NO_NULL = Pattern.compile("(?i)\\b(?:no|none of|neither)\\b[^.;]*"
        + "\\b(?:may|can|must|is|are)(?: be)? null\\b[^.;]*|\\b(?:must|may|can|is|are) ?not\\b[^.;]*\\bnull\\b|\\bnever null\\b");
    private static final Pattern INSIDE = Pattern.compile("(?i)\\b(?:elements?|items?|entr(?:y|ies)|keys?|values?|members?|holds?|contains?|inside)\\b");
    private static final String ADDED = "\\.(?:add|addFirst|addLast|push|offer|offerFirst|offerLast)\\((?:0, )?";
    private static final Pattern ONCE = Pattern.compile("\\b(\\w+)\\.(?:remove|contains|indexOf|removeFirstOccurrence)"
        + "\\((\\w+)\\)[^}]{0,200}?\\b\\1" + ADDED + "\\2\\)");
    private static final Pattern CUT = Pattern.compile("\\b(\\w+)\\.size\\(\\) *(?:>=?|==) *(\\w+)\\)"
        + "[^}]{0,60}?\\b\\1\\.(?:remove|poll|pop)\\w*\\(");

    private static final Pattern SORTED = Pattern.compile("\\b(\\w+)\\.sort\\((?:java\\.util\\.)?Comparator\\.comparing"
        + "(?:Int|Long|Double)?\\(\\w+::(\\w+)\\)\\)");
    private static final Pattern MOMENT = Pattern.compile("\\b(?:Local(?:Date|Time|DateTime)|Instant)\\.(?:MAX|MIN)\\b");

    private Upkeep() {}

    static void tell(About about, String text) {
        for (Matcher words = TYPE_WORDS.matcher(text); words.find();) {
            about.refusesNull |= refusesNull(words.group(1));
        }
        about.refusesNull &= !about.words.contains("null");
        about.refusesNull |= refusesNull(about.words);
        for (Matcher once = ONCE.matcher(text); once.find();) {
            about.distinct.add(once.group(1));
        }
        for (Matcher sorted = SORTED.matcher(text); sorted.find();) {
            about.sorted.add(sorted.group(1) + " " + sorted.group(2));
        }
        for (Matcher moment = MOMENT.matcher(text); moment.find();) {
            about.moments.add(moment.group());
        }
        for (Matcher cut = CUT.matcher(text); cut.find();) {
            Matcher constant = Pattern.compile("\\b" + cut.group(2) + " *= *(\\d+) *;").matcher(text);
            about.limits.add(cut.group(1) + " " + (constant.find() ? constant.group(1) : cut.group(2)));
        }
    }

    private static boolean refusesNull(String words) {
        Matcher sentence = NO_NULL.matcher(words.replaceAll("\\n\\s*\\*?", " "));
        return sentence.find() && INSIDE.matcher(sentence.group()).find();
    }
}
