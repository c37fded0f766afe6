package com.acme.shop;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.*;
import java.util.stream.*;

/** Money in whole cents, of either sign. */
public final class Money {
    private Money() {}

    /** Cents as "-12.05". */
    public static String format(long cents) {
        String digits = String.format("%03d", Math.abs(cents));
        int cut = digits.length() - 2;
        return (cents < 0 ? "-" : "") + digits.substring(0, cut) + "." + digits.substring(cut);
    }

    /** "12.50", "-3.5" or "7" as cents; throws NumberFormatException for anything else. */
    public static long parse(String text) {
        if (!text.matches("-?[0-9]{1,12}(\\.[0-9]{1,2})?")) {
            throw new NumberFormatException("not an amount: " + text);
        }
        return new BigDecimal(text).movePointRight(2).longValueExact();
    }

    /** The price of {@code count} pieces; throws ArithmeticException where an int cannot hold it. */
    public static int total(int price, int count) {
        long total = (long) price * count;
        if (total != (int) total) {
            throw new ArithmeticException("integer overflow");
        }
        return (int) total;
    }

    /** The price (any int) less {@code percent} (0 to 100), rounded towards zero. */
    public static int discounted(int price, int percent) {
        return (int) ((long) price * (100 - percent) / 100);
    }

    /** Shares (people at least 1) that differ by one at most, larger ones first; total any int. */
    public static int[] split(int total, int people) {
        int[] shares = new int[people];
        int share = Math.floorDiv(total, people);
        int left = Math.floorMod(total, people);
        for (int i = 0; i < people; i++) {
            shares[i] = share + (i < left ? 1 : 0);
        }
        return shares;
    }

    /** Postage by weight in grams; twice as much for express; throws for a negative weight. */
    public static int postage(int grams, boolean express) {
        if (grams < 0) {
            throw new IllegalArgumentException("negative weight");
        }
        int cost;
        if (grams <= 500) {
            cost = 390;
        } else if (grams <= 2000) {
            cost = 690;
        } else {
            cost = 1290;
        }
        return express ? cost * 2 : cost;
    }

    /** The sum of all amounts that are not null; 0 for none. */
    public static long sum(List<Integer> amounts) {
        long sum = 0;
        for (Integer amount : amounts) {
            if (amount != null) {
                sum += amount;
            }
        }
        return sum;
    }

    /** Whether two prices (not null) are the same amount, whatever their scale. */
    public static boolean samePrice(BigDecimal a, BigDecimal b) {
        return a.compareTo(b) == 0;
    }

    /** The amount with {@code rate} percent added, at two places, halves to the even. */
    public static BigDecimal withTax(BigDecimal net, BigDecimal rate) {
        BigDecimal factor = BigDecimal.ONE.add(rate.movePointLeft(2));
        return net.multiply(factor).setScale(2, RoundingMode.HALF_EVEN);
    }

    /** Whether two boxed counts are equal; null equals null only. */
    public static boolean sameCount(Integer a, Integer b) {
        return a == null ? b == null : a.equals(b);
    }

    /** The first index after which the balance is negative, or -1. */
    public static int firstOverdraft(long start, int[] entries) {
        long balance = start;
        for (int i = 0; i < entries.length; i++) {
            balance += entries[i];
            if (balance < 0) {
                return i;
            }
        }
        return -1;
    }

    /** The discount of a level (null: none): gold 10, silver 5, others 0. */
    public static int levelPercent(String level) {
        if (level == null) {
            return 0;
        }
        switch (level) {
            case "gold":
                return 10;
            case "silver":
                return 5;
            default:
                return 0;
        }
    }
}
