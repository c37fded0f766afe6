package org.acme;

public final class Range {
    private final int first;
    private final int last;

    public Range(int first, int last) {
        this.first = first;
        this.last = last;
    }

    public boolean holds(int number) {
        if (number < first) {
            return false;
        }
        return number <= last;
    }

    public int length() {
        int difference = last - first;
        return difference + 1;
    }

    public Range shifted(int by) {
        return new Range(first + by, last + by);
    }
}
