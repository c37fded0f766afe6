package com.acme.shop;

import static org.junit.jupiter.api.Assertions.*;

import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void clamps() {
        assertEquals(1.0, Numbers.clamp(5.0, 0.0, 1.0));
        assertEquals(0.0, Numbers.clamp(-5.0, 0.0, 1.0));
        assertEquals(0.5, Numbers.clamp(0.5, 0.0, 1.0));
    }

    @Test
    void mean() {
        assertEquals(3.0, Numbers.mean(new double[] {1.0, 2.0, 6.0}));
    }

    @Test
    void compares() {
        assertTrue(Numbers.compare(1, 2) < 0);
        assertTrue(Numbers.compare(2, 1) > 0);
        assertEquals(0, Numbers.compare(2, 2));
    }

    @Test
    void odd() {
        assertTrue(Numbers.isOdd(3));
        assertFalse(Numbers.isOdd(4));
    }

    @Test
    void slots() {
        assertEquals(3, Numbers.slot(13, 10));
    }

    @Test
    void dividesUp() {
        assertEquals(4, Numbers.ceilDiv(7, 2));
        assertEquals(3, Numbers.ceilDiv(6, 2));
    }

    @Test
    void bits() {
        assertEquals(3, Numbers.bits(7));
        assertEquals(0, Numbers.bits(0));
    }

    @Test
    void divisor() {
        assertEquals(6, Numbers.gcd(12, 18));
    }

    @Test
    void factorials() {
        assertEquals(120, Numbers.factorial(5));
        assertThrows(IllegalArgumentException.class, () -> Numbers.factorial(21));
    }

    @Test
    void transposes() {
        assertArrayEquals(new int[][] {{1, 3}, {2, 4}}, Numbers.transpose(new int[][] {{1, 2}, {3, 4}}));
    }

    @Test
    void copies() {
        int[][] rows = {{1, 2}, {3, 4}};
        assertArrayEquals(rows, Numbers.copied(rows));
    }

    @Test
    void same() {
        assertTrue(Numbers.same(1.5, 1.5));
        assertFalse(Numbers.same(1.5, 2.5));
        assertTrue(Numbers.same(Double.NaN, Double.NaN));
    }
}
