package org.acme;

import static org.junit.Assert.assertEquals;

import org.junit.Test;

public class OneTest {
    @Test
    public void one() {
        assertEquals(1, One.one());
    }

    @Test
    public void two() {
        assertEquals("two is not one", 2, One.one());
    }

    @Test
    public void three() {
        throw new IllegalStateException("no three");
    }
}
