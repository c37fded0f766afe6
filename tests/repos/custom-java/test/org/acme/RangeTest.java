package org.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTest {
    @Test
    void countsBothEnds() {
        assertEquals(3, new Range(1, 3).length());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void holds(int number) {
        assertTrue(new Range(1, 3).holds(number));
    }

    @Test
    void runsAsTheScriptSays() {
        assertEquals("cm", System.getProperty("range.unit"));
        assertEquals("7", System.getenv("RANGE_LIMIT"));
        assertTrue(new java.io.File("reports").getAbsoluteFile().getParent().endsWith("out"));
    }

    @Test
    @Tag("slow")
    void isLeftOutByTheScript() {
        assertEquals(1, new Range(1, 1).shifted(1).length());
    }

    @Nested
    class Outside {
        @Test
        void isBelowOrAbove() {
            assertFalse(new Range(1, 3).holds(0));
            assertFalse(new Range(1, 3).holds(4));
        }
    }
}
