package org.acme;

import java.util.Arrays;
import org.junit.Assert;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.junit.runners.Parameterized;

@RunWith(Parameterized.class)
public class WordsTest {
    @Parameterized.Parameters(name = "{0} gives {1}")
    public static Iterable<Object[]> cases() {
        return Arrays.asList(new Object[][] {{1, "one step"}, {2, "2 steps to 2"}});
    }

    private final int count;
    private final String text;

    public WordsTest(int count, String text) {
        this.count = count;
        this.text = text;
    }

    @Test
    public void says() {
        Assert.assertEquals(text, Words.steps(count));
    }
}
