package com.acme.shop;

import java.util.*;
import java.util.stream.*;

/** Days and months without time zones. */
public final class Dates {
    private Dates() {}

    /** Whether a Gregorian year has 366 days. */
    public static boolean isLeap(int year) {
        return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    }

    /** Days of a month (1 to 12); throws IllegalArgumentException for another month. */
    public static int daysInMonth(int year, int month) {
        switch (month) {
            case 2:
                return isLeap(year) ? 29 : 28;
            case 4:
            case 6:
            case 9:
            case 11:
                return 30;
            case 1:
            case 3:
            case 5:
            case 7:
            case 8:
            case 10:
            case 12:
                return 31;
            default:
                throw new IllegalArgumentException("no month " + month);
        }
    }

    /** The day of the week (0 to 6) of a day number, day 0 being 4; for any int. */
    public static int weekday(int day) {
        return Math.floorMod(Math.floorMod(day, 7) + 4, 7);
    }

    /** Whether two half-open intervals share a day; an empty one shares none. */
    public static boolean overlaps(int startA, int endA, int startB, int endB) {
        return Math.max(startA, startB) < Math.min(endA, endB);
    }

    /** "HH:MM" (one or two ASCII digits each) as minutes, or -1 for anything else. */
    public static int parseTime(String text) {
        int colon = text.indexOf(':');
        if (colon < 1 || colon > 2 || text.length() - colon < 2 || text.length() - colon > 3) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i != colon && (c < '0' || c > '9')) {
                return -1;
            }
        }
        int hours = Integer.parseInt(text.substring(0, colon));
        int minutes = Integer.parseInt(text.substring(colon + 1));
        return hours < 24 && minutes < 60 ? hours * 60 + minutes : -1;
    }

    /** Milliseconds of so many days (at least 0, at most 100000). */
    public static long millis(int days) {
        return days * 24L * 60 * 60 * 1000;
    }

    /** The middle of two points in time, rounded down; any longs with low not after high. */
    public static long middle(long low, long high) {
        return (low & high) + ((low ^ high) >> 1);
    }
}
