package org.acme;

import static org.junit.jupiter.api.Assertions.*;

import java.util.*;
import org.junit.jupiter.api.Test;

class GaugeTest {
    @Test
    void works() {
        assertEquals(3, Gauge.letters("pen 1"));
        assertEquals(3.5, Gauge.peak(new double[] {1, 3.5, 2}));
        assertEquals(7, Gauge.price(Map.of("/pens", 7), "/pens/red"));
        assertEquals(0, Gauge.price(Map.of("/pens", 7), "/ink/red"));
        assertArrayEquals(new int[] {2, 1, 0, 1}, Gauge.bins(new double[] {1, 2, 5, 19}, 0, 16, 4));
        assertArrayEquals(new int[] {1, 2}, Gauge.bins(new double[] {0.5, 1.5, 1.75}, 0, 2, 2));
        assertEquals(1, Gauge.day(1500));
        assertEquals(3, Gauge.pages(15, 6));
        assertEquals(100, Gauge.capped(100, 5000));
        assertThrows(IllegalArgumentException.class, () -> Gauge.capped(100, -1));
        assertEquals(300, Gauge.share(3000, 3, 30));
        assertEquals(3, Gauge.half(6));
        assertEquals(60, Gauge.billed(12, 60, 10));
        assertEquals(70, Gauge.billed(61, 60, 10));
        assertEquals(80, Gauge.billed(80, 60, 10));
        assertThrows(IllegalArgumentException.class, () -> Gauge.billed(12, 60, 0));
        Gauge.Call early = new Gauge.Call("a", 10);
        Gauge.Call late = new Gauge.Call("b", 30);
        assertEquals(3, Gauge.merged(List.of(early, late), List.of(new Gauge.Call("c", 20))).size());
        Map<String, Double> levels = new LinkedHashMap<>();
        levels.put("north", -97.5);
        levels.put("west", -81.0);
        assertEquals("west", Gauge.strongest(levels));
        assertEquals("home", Gauge.zone(Map.of("4", "far", "49", "home"), "491"));
        assertEquals(2, Gauge.joined(Arrays.asList(new int[] {1, 3}, new int[] {3, 4}, new int[] {9, 12})).size());
        Gauge gauge = new Gauge(new TreeMap<>(Map.of("a", 1, "b", 2)));
        gauge.read(5);
        gauge.read(7.5);
        gauge.read(1);
        assertEquals(8.5, gauge.total());
        gauge.deliver(List.of("pen", "ink"));
        gauge.deliver(List.of("pen", "rag"));
        assertEquals("a", gauge.first());
    }
}
