package com.acme.shop;

import static org.junit.jupiter.api.Assertions.*;

import org.junit.jupiter.api.Test;

class DatesTest {
    @Test
    void leapYears() {
        assertTrue(Dates.isLeap(2024));
        assertFalse(Dates.isLeap(2023));
        assertFalse(Dates.isLeap(1900));
    }

    @Test
    void monthLengths() {
        int[] days = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        for (int month = 1; month <= 12; month++) {
            assertEquals(days[month - 1], Dates.daysInMonth(2023, month));
        }
        assertEquals(29, Dates.daysInMonth(2024, 2));
        assertThrows(IllegalArgumentException.class, () -> Dates.daysInMonth(2024, 13));
    }

    @Test
    void weekdays() {
        assertEquals(4, Dates.weekday(0));
        assertEquals(0, Dates.weekday(3));
    }

    @Test
    void overlapping() {
        assertTrue(Dates.overlaps(1, 5, 4, 6));
        assertFalse(Dates.overlaps(1, 2, 4, 6));
    }

    @Test
    void times() {
        assertEquals(510, Dates.parseTime("08:30"));
        assertEquals(-1, Dates.parseTime("24:00"));
        assertEquals(-1, Dates.parseTime("8"));
        assertEquals(-1, Dates.parseTime("a:00"));
    }

    @Test
    void millis() {
        assertEquals(86400000L, Dates.millis(1));
    }

    @Test
    void middle() {
        assertEquals(5, Dates.middle(4, 6));
    }
}
