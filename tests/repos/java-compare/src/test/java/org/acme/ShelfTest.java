package org.acme;

import static org.junit.jupiter.api.Assertions.*;

import java.util.*;
import org.junit.jupiter.api.Test;

class ShelfTest {
    @Test
    void works() {
        assertEquals("part", Shelf.found(List.of("pens", "ink/red"), "ink/red"));
        assertEquals("unknown", Shelf.found(List.of("pens"), "ink"));
        assertEquals("text", Shelf.kind("pen"));
        assertEquals(3, Shelf.sum(List.of(1, 2)));
        assertEquals("b", Shelf.last(List.of("a", "b")));
        Shelf shelf = new Shelf();
        assertEquals(1, shelf.whole());
        shelf.run(() -> { });
        assertTrue(shelf.failures().isEmpty());
        assertFalse(Shelf.isEven(List.of(new Shelf.Order("Ann", Shelf.State.OPEN),
            new Shelf.Order("Bob", Shelf.State.PAID), new Shelf.Order("Cid", Shelf.State.PAID))));
        BitSet taken = new BitSet();
        taken.set(1, 4);
        assertEquals(3, Shelf.seats(taken));
        assertEquals(List.of("b"), Shelf.rest(List.of("a", "b").iterator()));
        assertEquals("a", shelf.served());
        shelf.below = new Shelf();
        shelf.below.notes.put("pen", " red ");
        shelf.below.notes.put("ink", "blue");
        assertEquals("red", shelf.note("pen"));
        assertEquals("", shelf.note("rag"));
        assertEquals(10, Shelf.price(OptionalInt.empty()));
        assertEquals("", Shelf.label(List.of()));
        shelf.fail(List.of("a").iterator());
        assertEquals(3, Shelf.most(List.of(1, 3, 3)));
        assertEquals(List.of("PEN"), Shelf.given(List.of("pen"), String::toUpperCase));
        assertEquals(List.of("a"), Shelf.some(List.of("a", "b"), 1));
    }
}
