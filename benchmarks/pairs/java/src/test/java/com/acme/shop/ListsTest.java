package com.acme.shop;

import static org.junit.jupiter.api.Assertions.*;

import java.util.*;
import org.junit.jupiter.api.Test;

class ListsTest {
    @Test
    void chunks() {
        assertEquals(List.of(List.of(1, 2), List.of(3)), Lists.chunked(List.of(1, 2, 3), 2));
    }

    @Test
    void distinct() {
        assertEquals(Set.of(1, 2, 3), new HashSet<>(Lists.distinct(List.of(3, 1, 3, 2))));
        assertEquals(3, Lists.distinct(List.of(3, 1, 3, 2)).size());
    }

    @Test
    void finds() {
        int[] sorted = {1, 3, 5, 7};
        assertEquals(2, Lists.find(sorted, 5));
        assertEquals(-1, Lists.find(sorted, 4));
        assertEquals(-1, Lists.find(sorted, 9));
    }

    @Test
    void removesAll() {
        List<String> items = new ArrayList<>(List.of("a", "b", "a"));
        assertEquals(2, Lists.removeAll(items, "a"));
        assertEquals(List.of("b"), items);
    }

    @Test
    void removesANumber() {
        List<Integer> numbers = new ArrayList<>(List.of(0, 1, 2));
        assertTrue(Lists.removeNumber(numbers, 1));
        assertEquals(List.of(0, 2), numbers);
        assertFalse(Lists.removeNumber(numbers, 9));
    }

    @Test
    void rotates() {
        int[] items = {1, 2, 3, 4};
        Lists.rotate(items, 1);
        assertArrayEquals(new int[] {4, 1, 2, 3}, items);
        Lists.rotate(new int[0], 3);
    }

    @Test
    void largest() {
        assertEquals(3, Lists.largest(1, 3, 2));
        assertThrows(NoSuchElementException.class, () -> Lists.largest());
    }

    @Test
    void groups() {
        assertEquals(Map.of(1, List.of("c"), 2, List.of("ab", "de")), Lists.byLength(List.of("ab", "c", "de")));
    }

    @Test
    void sorts() {
        assertEquals(List.of("c", "ab", "def"), Lists.sortedByLength(List.of("def", "ab", "c")));
    }

    @Test
    void supplies() {
        assertEquals(2, Lists.suppliers(new String[] {"a", "b"}).size());
    }

    @Test
    void inverts() {
        assertEquals(Map.of("1", "a"), Lists.inverted(Map.of("a", "1")));
    }

    @Test
    void counts() {
        assertEquals(2, Lists.count(List.of(1, 2, 3), n -> n > 1));
    }
}
