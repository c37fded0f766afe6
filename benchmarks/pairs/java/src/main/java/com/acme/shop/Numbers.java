package com.acme.shop;

import java.util.*;
import java.util.stream.*;

/** Figures: any double (NaN and infinities too) and any int, unless it says otherwise. */
public final class Numbers {
    private Numbers() {}

    /** The value or the bound (low not above high, neither NaN) that it passes; NaN stays NaN. */
    public static double clamp(double value, double low, double high) {
        if (value < low) {
            return low;
        }
        if (value > high) {
            return high;
        }
        return value;
    }

    /** The mean, added from left to right; NaN for no values. */
    public static double mean(double[] values) {
        double sum = 0.0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** -1, 0 or 1. */
    public static int compare(int a, int b) {
        if (a < b) {
            return -1;
        }
        return a > b ? 1 : 0;
    }

    /** Whether an int is odd. */
    public static boolean isOdd(int number) {
        return number % 2 != 0;
    }

    /** A slot from 0 to {@code slots} - 1 (slots at least 1) for any hash. */
    public static int slot(int hash, int slots) {
        return Math.floorMod(hash, slots);
    }

    /** a / b rounded up, for any a and for b at least 1. */
    public static int ceilDiv(int a, int b) {
        int quotient = a / b;
        return a % b > 0 ? quotient + 1 : quotient;
    }

    /** How many bits of a number are set, negative ones too. */
    public static int bits(int number) {
        int count = 0;
        for (int rest = number; rest != 0; rest &= rest - 1) {
            count++;
        }
        return count;
    }

    /** The greatest common divisor of two ints that are not negative. */
    public static int gcd(int a, int b) {
        while (b != 0) {
            int rest = a % b;
            a = b;
            b = rest;
        }
        return a;
    }

    /** The value as a byte from 0 to 255: its lowest eight bits. */
    public static int unsigned(byte value) {
        return value & 0xFF;
    }

    /** n! for 0 to 20; throws IllegalArgumentException otherwise. */
    public static long factorial(int n) {
        if (n < 0 || n > 20) {
            throw new IllegalArgumentException("out of range: " + n);
        }
        long product = 1;
        for (int i = 2; i <= n; i++) {
            product *= i;
        }
        return product;
    }

    /** The matrix (rows of equal length, at least one row) turned over, as a new one. */
    public static int[][] transpose(int[][] rows) {
        int[][] turned = new int[rows[0].length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows[0].length; j++) {
                turned[j][i] = rows[i][j];
            }
        }
        return turned;
    }

    /** A copy of the matrix that shares nothing with it. */
    public static int[][] copied(int[][] rows) {
        int[][] copy = new int[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            copy[i] = rows[i].clone();
        }
        return copy;
    }

    /** Whether two doubles are the same value: NaN equals NaN, 0.0 equals -0.0. */
    public static boolean same(double a, double b) {
        return a == b || (Double.isNaN(a) && Double.isNaN(b));
    }
}
