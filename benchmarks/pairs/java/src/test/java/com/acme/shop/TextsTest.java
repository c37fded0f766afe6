package com.acme.shop;

import static org.junit.jupiter.api.Assertions.*;

import java.util.*;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void truncates() {
        assertEquals("short", Texts.truncate("short", 10));
        assertEquals("a long ...", Texts.truncate("a long sentence", 10));
    }

    @Test
    void countsWords() {
        assertEquals(Map.of("a", 2, "b", 1), Texts.wordCounts("a b a"));
        assertTrue(Texts.wordCounts("").isEmpty());
    }

    @Test
    void splitsFields() {
        assertEquals(List.of("a", "b", "c"), Texts.fields("a;b;c"));
    }

    @Test
    void palindromes() {
        assertTrue(Texts.isPalindrome("Anna, anna!"));
        assertFalse(Texts.isPalindrome("Otto X"));
    }

    @Test
    void reverses() {
        assertEquals("cba", Texts.reversed("abc"));
    }

    @Test
    void comparesCodes() {
        assertTrue(Texts.sameCode("Ab", "aB"));
        assertFalse(Texts.sameCode("a", null));
        assertFalse(Texts.sameCode("a", "b"));
    }

    @Test
    void fits() {
        assertTrue(Texts.fitsField("abc", 3));
        assertFalse(Texts.fitsField("abcd", 3));
    }

    @Test
    void joins() {
        assertEquals("a, b and c", Texts.joined(List.of("a", "b", "c")));
        assertEquals("", Texts.joined(List.of()));
    }

    @Test
    void shifts() {
        assertEquals("bcd-a", Texts.shifted("abc-z", 1));
    }

    @Test
    void sums() {
        assertNotEquals(Texts.checksum("ab"), Texts.checksum("ba"));
    }

    @Test
    void findsThePrefix() {
        assertEquals("shopp", Texts.commonPrefix(List.of("shopping", "shopper")));
        assertEquals("", Texts.commonPrefix(List.of()));
    }
}
