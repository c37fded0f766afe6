package org.acme;

public final class Steps {
    private Steps() {}

    public static int last(int first, int count, int step) {
        int last = first;
        for (int i = 1; i < count; i++) {
            last += step;
        }
        return last;
    }
}
