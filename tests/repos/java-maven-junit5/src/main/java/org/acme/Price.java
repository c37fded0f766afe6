package org.acme;

import java.util.ArrayList;
import java.util.List;

public class Price {
    private static final int RATE = rate();

    private final int cents;

    public Price(int cents) {
        this.cents = cents;
    }

    static int rate() {
        return 20;
    }

    /** The price with tax, in cents. */
    public int gross() {
        int tax = cents * RATE / 100;
        return cents + tax;
    }

    public String label() {
        if (cents < 0) {
            return "refund";
        } else {
            return new Formatter() {
                @Override
                String format() {
                    return "price";
                }
            }.format();
        }
    }

    public List<Integer> steps() {
        List<Integer> steps = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            steps.add(cents + i);
        }
        return steps;
    }

    public int untested() {
        return cents * 7;
    }

    abstract static class Formatter {
        abstract String format();
    }
}

class Currency {
    static String symbol() {
        return "Fr.";
    }
}
