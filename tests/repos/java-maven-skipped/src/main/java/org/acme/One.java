package org.acme;

public class One {
    public static int one() {
        return 1;
    }
}
