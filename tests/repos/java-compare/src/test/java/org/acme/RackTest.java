package org.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class RackTest {
    private static final Rack.Coat ANN = new Rack.Coat("Ann", 2);
    private static final Rack.Coat BO = new Rack.Coat("Bo", 3);

    @Test
    void works() {
        Rack rack = new Rack();
        rack.hang(ANN);
        rack.hang(BO);
        assertEquals(1, rack.rows(5));
        rack.hang(new Rack.Coat("Cy", 1));
        assertTrue(rack.take(BO));
        assertEquals(1, rack.keep(BO));
        assertEquals(2, rack.keep(ANN));
        assertEquals(3, rack.keep(ANN));
        assertEquals(33, Rack.each(100, 3));
        assertEquals(1, Rack.length(new Rack.Stay(LocalDate.of(2024, 3, 1), LocalDate.of(2024, 3, 1))));
        rack.visit("Ann");
        rack.visit("Bo");
        assertEquals(1, rack.visits("Ann"));
        assertEquals(12, Rack.number("12"));
        assertEquals(2, Rack.items("coat:red/hat:blue").size());
        assertEquals(3, Rack.rounds(9, 18, 3));
        assertEquals(2, Rack.runs(new int[] {1, 2, 3, 7}));
        assertEquals(3, Rack.days(LocalDate.of(2024, 2, 28), LocalDate.of(2024, 3, 1)));
    }
}
