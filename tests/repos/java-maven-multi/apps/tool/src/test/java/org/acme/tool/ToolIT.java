package org.acme.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ToolIT {
    @Test
    void runsAll() {
        assertEquals("total 0", Tool.run());
    }
}
