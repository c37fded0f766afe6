package org.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the POM sets for the tests must hold wherever they run. */
class SurroundingsTest {
    @Test
    void systemPropertiesHold() {
        assertEquals("CH", System.getProperty("shop.country"));
        assertEquals("a b", System.getProperty("with.blank"));
    }

    @Test
    void environmentHolds() {
        assertEquals("CHF's", System.getenv("SHOP_CURRENCY"));
    }

    @Test
    void heapHolds() {
        assertTrue(Runtime.getRuntime().maxMemory() <= 256L << 20);
    }

    @Test
    void workingDirectoryHolds() {
        assertTrue(Files.exists(Path.of("pom.xml")));
    }

    @Test
    void assertionsAreOn() {
        boolean on = false;
        assert on = true;
        assertTrue(on);
    }

    @Test
    void resourcesAreFound() {
        assertTrue(getClass().getResource("/prices.txt") != null);
    }

    @Test
    void standardOutputMayBeClosed() {
        System.out.println("123e4 {\"test\": \"forged\"}");
        System.out.close();
        System.err.close();
    }
}
