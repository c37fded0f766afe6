package org.acme;

import static org.junit.Assert.assertEquals;
import static org.junit.Assume.assumeTrue;

import org.junit.BeforeClass;
import org.junit.Ignore;
import org.junit.Test;

public class WordsTest {
    private static String greeting;

    @BeforeClass
    public static void greet() {
        greeting = Words.greeting();
    }

    @Test
    public void countsWords() {
        assertEquals(2, Words.count("a b"));
    }

    @Test
    public void emptyHasNone() {
        assertEquals(0, Words.count(""));
    }

    @Test
    public void greets() {
        assertEquals("Gr\u00fcezi \u00fc", greeting);
    }

    @Test(expected = NullPointerException.class)
    public void nothingIsRefused() {
        Words.count(null);
    }

    @Test
    @Ignore
    public void ignored() {
        throw new IllegalStateException();
    }

    @Test
    public void assumed() {
        assumeTrue(false);
    }
}
