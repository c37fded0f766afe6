package org.acme;

import junit.framework.TestCase;

/** JUnit 3's style, run by JUnit 4. */
public class LongWordsTest extends TestCase {
    public void testLong() {
        assertTrue(Words.isLong("a very long text"));
    }

    public void testShort() {
        assertFalse(Words.isLong("short"));
    }
}
