package com.acme.shop;

import java.io.*;
import java.util.*;
import java.util.function.*;
import java.util.stream.*;

/** One order on its way, with its notes and its lines. */
public class Order {
    /** Where an order can be. */
    public enum State { NEW, PAID, PACKED, SENT }

    private State state = State.NEW;
    private final List<State> history = new ArrayList<>();
    private final Map<String, Integer> pieces = new LinkedHashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();

    public State state() {
        return state;
    }

    public List<State> history() {
        return history;
    }

    public Map<String, Integer> pieces() {
        return pieces;
    }

    public Map<String, String> notes() {
        return notes;
    }

    /** To the next state, the old one into the history; throws IllegalStateException at the end. */
    public State advance() {
        if (state == State.SENT) {
            throw new IllegalStateException("already sent");
        }
        history.add(state);
        state = State.values()[state.ordinal() + 1];
        return state;
    }

    /** New and paid orders can be cancelled, packed ones by a manager only. */
    public boolean canCancel(boolean manager) {
        if (state == State.NEW || state == State.PAID) {
            return true;
        }
        return state == State.PACKED && manager;
    }

    /** Puts {@code count} more pieces in; how many there are then. Throws for a count below 1. */
    public int add(String sku, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be positive");
        }
        int now = pieces.getOrDefault(sku, 0) + count;
        pieces.put(sku, now);
        return now;
    }

    /** Takes one piece out, the article with its last one; whether there was any. */
    public boolean take(String sku) {
        Integer count = pieces.get(sku);
        if (count == null) {
            return false;
        }
        if (count == 1) {
            pieces.remove(sku);
        } else {
            pieces.put(sku, count - 1);
        }
        return true;
    }

    /** The note of a key, "" for none; a note may be null and is then null. */
    public String note(String key) {
        if (!notes.containsKey(key)) {
            return "";
        }
        return notes.get(key);
    }

    /** All pieces together. */
    public int size() {
        int size = 0;
        for (int count : pieces.values()) {
            size += count;
        }
        return size;
    }

    /** The articles, as a list that later changes of the order do not touch. */
    public List<String> skus() {
        return new ArrayList<>(pieces.keySet());
    }

    /** Adds each line that is not blank; the reader is closed whatever happens. How many lines. */
    public int read(BufferedReader reader) throws IOException {
        int lines = 0;
        try {
            String line;
            while ((line = reader.readLine()) != null) {
                if (!line.isBlank()) {
                    add(line.trim(), 1);
                    lines++;
                }
            }
        } finally {
            reader.close();
        }
        return lines;
    }

    /** What the action gives, tried again after IllegalStateException, {@code times} (>= 1) in all. */
    public static <T> T retry(Supplier<T> action, int times) {
        for (int attempt = 1; ; attempt++) {
            try {
                return action.get();
            } catch (IllegalStateException e) {
                if (attempt == times) {
                    throw e;
                }
            }
        }
    }

    /** Two capital letters, a dash and three digits, all ASCII; false for null. */
    public static boolean isSku(String sku) {
        if (sku == null || sku.length() != 6 || sku.charAt(2) != '-') {
            return false;
        }
        for (int i = 0; i < 6; i++) {
            char c = sku.charAt(i);
            boolean fits = i < 2 ? c >= 'A' && c <= 'Z' : i == 2 || c >= '0' && c <= '9';
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** Whether the checksum of a card number holds; false unless it is two ASCII digits or more. */
    public static boolean luhn(String number) {
        int total = 0;
        boolean twice = false;
        for (int i = number.length() - 1; i >= 0; i--) {
            int digit = number.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            if (twice) {
                digit = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            }
            total += digit;
            twice = !twice;
        }
        return number.length() > 1 && total % 10 == 0;
    }

    /** The carrier of a parcel: weight in grams, country in capitals (perhaps null: abroad). */
    public static String carrier(int weight, String country, boolean fragile) {
        if ("CH".equals(country)) {
            return fragile || weight > 30000 ? "courier" : "post";
        }
        if (weight > 20000) {
            return "freight";
        }
        return fragile ? "courier" : "parcel";
    }
}
