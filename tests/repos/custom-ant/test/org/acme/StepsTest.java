package org.acme;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.File;
import org.junit.Ignore;
import org.junit.Test;

public class StepsTest {
    @Test
    public void goesOnFromTheFirst() {
        int first = Integer.getInteger("steps.first");
        assertEquals(7, Steps.last(first, 3, 2));
    }

    @Test
    public void runsWhereTheBuildFileSays() {
        assertTrue(new File("org/acme/StepsTest.java").isFile());
    }

    @Ignore
    @Test
    public void isNotReady() {
        assertEquals(0, 1);
    }
}
