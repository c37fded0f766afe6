package org.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A price (in cents)")
class PriceTest {
    static String symbol;

    @BeforeAll
    static void look() {
        symbol = Currency.symbol();
    }

    @Test
    void grossAddsTax() {
        assertEquals(120, new Price(100).gross());
    }

    @Test
    @DisplayName("a label [for #1] (nice)")
    void label(TestInfo info) {
        assertEquals("refund", new Price(-1).label());
    }

    @ParameterizedTest(name = "{index}: {0} cents")
    @ValueSource(ints = {1, 2})
    void labels(int cents) {
        assertEquals("price", new Price(cents).label());
    }

    @RepeatedTest(2)
    void repeated() {
        assertEquals("Fr.", symbol);
    }

    @TestFactory
    Stream<DynamicTest> steps() {
        return Stream.of(0, 1).map(i -> DynamicTest.dynamicTest("step " + i,
            () -> assertEquals(i, new Price(0).steps().get(i))));
    }

    @Test
    @Disabled("not yet")
    void disabled() {
        throw new IllegalStateException();
    }

    @Test
    void assumed() {
        assumeTrue(false);
    }

    @Test
    @Tag("slow")
    void neverRun() {
        throw new IllegalStateException();
    }

    @Nested
    class Negative {
        @Test
        void gross() {
            assertEquals(-120, new Price(-100).gross());
        }
    }
}
