package org.acme.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

public class AppTest {
    public static int[] numbers() {
        return new int[] {1, 2, 3};
    }

    @Test
    void sums() {
        assertEquals(6, Sums.sum(numbers()));
    }

    @Nested
    class Empty {
        @Test
        void sums(TestInfo info) {
            assertEquals(0, Sums.sum(new int[0]));
        }
    }
}
