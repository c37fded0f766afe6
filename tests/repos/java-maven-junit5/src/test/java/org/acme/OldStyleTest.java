package org.acme;

import static org.junit.Assert.assertEquals;

import java.util.Arrays;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

@RunWith(Parameterized.class)
public class OldStyleTest {
    @Parameterized.Parameters(name = "{0} cents (old)")
    public static Iterable<Integer> cents() {
        return Arrays.asList(10, 20);
    }

    private final int cents;

    public OldStyleTest(int cents) {
        this.cents = cents;
    }

    @Test
    public void gross() {
        assertEquals(cents * 12 / 10, new Price(cents).gross());
    }
}
