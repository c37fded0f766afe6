package org.acme.core;

public class Sums {
    public static int sum(int[] numbers) {
        int total = 0;
        for (int number : numbers) {
            total += number;
        }
        return total;
    }

    public static int twice(int number) {
        return number * 2;
    }
}
