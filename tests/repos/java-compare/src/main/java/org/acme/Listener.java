package org.acme;

import java.util.*;

/** Small units of a class that sees to what it holds. No argument may be null or hold null. */
public class Listener {
    record Play(long at, String title) { }

    private static final int RECENT = 3;
    private static final List<String> ARTICLES = List.of("the ", "a ");

    private final Deque<String> recent = new ArrayDeque<>();
    private final List<String> tracks = new ArrayList<>();
    private final Map<String, String> out = new LinkedHashMap<>();

    /** Titles whose count is another one now. */
    public static List<String> changes(Map<String, Integer> before, Map<String, Integer> now) {
        List<String> all = new ArrayList<>();
        now.forEach((title, count) -> {
            Integer old = before.get(title);
            if (old != null && !old.equals(count)) {
                all.add(title);
            }
        });
        return all;
    }

    /** Merges two histories, each in the order of time. */
    public static List<Play> merged(List<Play> phone, List<Play> desktop) {
        List<Play> all = new ArrayList<>();
        int i = 0;
        for (Play play : desktop) {
            while (i < phone.size() && phone.get(i).at() <= play.at()) {
                all.add(phone.get(i++));
            }
            all.add(play);
        }
        all.addAll(phone.subList(i, phone.size()));
        return all;
    }

    /** Without one leading article. */
    public static String key(String title) {
        String key = title.toLowerCase(Locale.ROOT);
        for (String article : ARTICLES) {
            if (key.startsWith(article)) {
                key = key.substring(article.length());
                break;
            }
        }
        return key;
    }

    /** The price of a ticket is 0 to 1,000,000. */
    public static int off(int price) {
        return (price + 1) / 2;
    }

    /** Remembers the last different ones. */
    public int search(String query) {
        recent.remove(query);
        recent.addFirst(query);
        if (recent.size() > RECENT) {
            recent.removeLast();
        }
        return recent.size();
    }

    void lend(String number, String borrower) {
        out.put(number, borrower);
    }

    /** Borrowers that have nothing left, in the order in which that came about. */
    public List<String> back(List<String> numbers) {
        List<String> freed = new ArrayList<>();
        for (String number : numbers) {
            String borrower = out.remove(number);
            if (!out.containsValue(borrower)) {
                freed.add(borrower);
            }
        }
        return freed;
    }

    /** Appends tracks, which may be a view of this list. */
    public int append(Collection<String> more) {
        List<String> copy = new ArrayList<>(more);
        tracks.addAll(copy);
        return tracks.size();
    }

    /** The last number of an address. */
    public static int last(String address) {
        String number = address.substring(address.lastIndexOf('.') + 1);
        if (!number.matches("[0-9]{1,5}")) {
            return -1;
        }
        return Integer.parseInt(number);
    }
}
