package com.acme.shop;

import static org.junit.jupiter.api.Assertions.*;

import java.math.BigDecimal;
import java.util.*;
import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void formats() {
        assertEquals("12.05", Money.format(1205));
        assertEquals("0.00", Money.format(0));
        assertEquals("-3.50", Money.format(-350));
    }

    @Test
    void parses() {
        assertEquals(1250, Money.parse("12.50"));
        assertEquals(-350, Money.parse("-3.5"));
        assertEquals(700, Money.parse("7"));
        assertThrows(NumberFormatException.class, () -> Money.parse("x"));
    }

    @Test
    void totals() {
        assertEquals(600, Money.total(200, 3));
        assertThrows(ArithmeticException.class, () -> Money.total(Integer.MAX_VALUE, 2));
    }

    @Test
    void discounts() {
        assertEquals(899, Money.discounted(999, 10));
        assertEquals(100, Money.discounted(100, 0));
    }

    @Test
    void splits() {
        assertArrayEquals(new int[] {4, 3, 3}, Money.split(10, 3));
    }

    @Test
    void postage() {
        assertEquals(390, Money.postage(400, false));
        assertEquals(1380, Money.postage(1500, true));
        assertEquals(1290, Money.postage(5000, false));
        assertThrows(IllegalArgumentException.class, () -> Money.postage(-1, false));
    }

    @Test
    void sums() {
        assertEquals(6, Money.sum(List.of(1, 2, 3)));
    }

    @Test
    void samePrice() {
        assertTrue(Money.samePrice(new BigDecimal("1.5"), new BigDecimal("1.5")));
        assertFalse(Money.samePrice(new BigDecimal("1.5"), new BigDecimal("1.6")));
    }

    @Test
    void taxes() {
        assertEquals(new BigDecimal("107.70"), Money.withTax(new BigDecimal("100"), new BigDecimal("7.7")));
    }

    @Test
    void sameCount() {
        assertTrue(Money.sameCount(5, 5));
        assertFalse(Money.sameCount(5, 6));
        assertTrue(Money.sameCount(null, null));
        assertFalse(Money.sameCount(null, 1));
    }

    @Test
    void overdraft() {
        assertEquals(1, Money.firstOverdraft(10, new int[] {5, -20, 1}));
        assertEquals(-1, Money.firstOverdraft(10, new int[] {5}));
    }

    @Test
    void levels() {
        assertTrue(Money.levelPercent("gold") > Money.levelPercent("silver"));
        assertEquals(0, Money.levelPercent("none"));
        assertEquals(0, Money.levelPercent(null));
    }
}
