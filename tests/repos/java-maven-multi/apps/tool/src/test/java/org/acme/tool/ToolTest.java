package org.acme.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.acme.core.AppTest;
import org.junit.jupiter.api.Test;

class ToolTest {
    @Test
    void runs() {
        assertEquals("total 12", Tool.run(AppTest.numbers()));
    }
}
