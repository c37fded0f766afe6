package org.acme;

import static org.junit.jupiter.api.Assertions.*;

import java.io.*;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.*;
import org.junit.jupiter.api.Test;

class DeskTest {
    @Test
    void works() throws Exception {
        Desk desk = new Desk();
        desk.pieces().put("pen", 1);
        desk.pieces().put("rag", 2);
        assertEquals(List.of("pen", "rag"), desk.articles());
        assertEquals("a", Desk.head(List.of("a", "b")));
        assertEquals(List.of(1, 2), Desk.unique(List.of(1, 2, 1)));
        assertEquals(new BigDecimal("1.23"), Desk.rounded(new BigDecimal("1.234")));
        assertEquals(LocalDate.of(2023, 6, 10), Desk.due(LocalDate.of(2023, 5, 10)));
        assertEquals(5, Desk.price(Desk.Size.SMALL, Optional.of("x")));
        assertEquals(10, Desk.price(Desk.Size.LARGE, Optional.empty()));
        assertEquals(new Desk.Point(3, 2), Desk.moved(new Desk.Point(1, 2), 2));
        assertTrue(Desk.isSame("a", "a"));
        assertEquals("ABC", Desk.code("abc"));
        int[] left = {1};
        assertEquals("done", Desk.tried(() -> {
            if (left[0]-- > 0) {
                throw new IllegalStateException("no");
            }
            return "done";
        }));
        assertTrue(Desk.all(List.of(1, 2, 3), n -> n > 0));
        assertEquals("pen", Desk.line(new BufferedReader(new StringReader("pen\nink"))));
        assertEquals('c', Desk.three(new ByteArrayInputStream(new byte[] {'a', 'b', 'c', 'd'})));
        assertEquals("pen", Desk.stripped(" pen "));
        assertEquals(172800, Desk.seconds("2d"));
        assertEquals("", Desk.failure(() -> { }));
        assertEquals("a", Desk.makers(new String[] {"a", "b"}).get(0).get());
        assertEquals(3, Desk.share(9, 3));
        assertEquals(1, Desk.find(new int[] {1, 3, 5}, 3));
        assertEquals(-1, Desk.find(new int[] {2, 3, 8}, 7));
        assertEquals(1, Desk.clamp(0, 1, 5));
        assertEquals(1, Desk.quarter(30));
        assertArrayEquals(new int[] {3, 7}, Desk.firsts(new int[][] {{1, 2}, {3, 4}}));
        assertEquals(4, Desk.cells(new int[][] {{1, 2}, {3, 4}}));
        assertEquals(3, Desk.root(9));
        assertEquals(1, Desk.size("a"));
        assertEquals(1, Desk.length("a"));
        assertEquals(2, Desk.half(4));
        assertEquals(7, Desk.number("7"));
        assertEquals(3, Desk.age(3));
        assertEquals(3, Desk.paid(3));
        assertEquals(4, Desk.doubled(2));
        Desk.close(List.of(() -> { }, () -> { }));
        assertEquals(List.of(1, 2), Desk.pairs(List.of(1, 2, 3)).next());
        assertEquals(5, Desk.counter(5).getAsInt());
        int[] purse = {0};
        Desk.move(new int[] {3}, purse);
        assertEquals(3, purse[0]);
        assertEquals(2, Desk.kinds(new LinkedHashMap<>(Map.of("a", 1, "b", 2))));
        assertArrayEquals(new double[] {3, 0}, Desk.sums(new double[][] {{1, 2}, {}}));
        assertEquals("a1", Desk.numbered("a"));
        desk.queue().addAll(List.of(1, 2, 5));
        assertEquals(1, desk.served(2));
        assertFalse(desk.equals(new Desk()));
    }
}
