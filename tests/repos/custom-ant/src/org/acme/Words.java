package org.acme;

public final class Words {
    private Words() {}

    public static String steps(int count) {
        if (count == 1) {
            return "one step";
        }
        return count + " steps to " + Steps.last(0, count + 1, 1);
    }
}
