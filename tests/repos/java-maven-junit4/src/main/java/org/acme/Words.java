package org.acme;

public class Words {
    public static int count(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        return text.split(" ").length;
    }

    public static String greeting() {
        return "Gr\u00fcezi ü";
    }

    public static boolean isLong(String text) {
        return text.length() > 10;
    }
}
