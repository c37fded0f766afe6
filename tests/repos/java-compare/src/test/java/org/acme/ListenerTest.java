package org.acme;

import static org.junit.jupiter.api.Assertions.*;

import java.util.*;
import org.junit.jupiter.api.Test;

class ListenerTest {
    @Test
    void works() {
        assertEquals(List.of("Rain"), Listener.changes(Map.of("Rain", 20, "Dust", 7), Map.of("Rain", 21, "Dust", 7)));
        Listener.Play early = new Listener.Play(1000, "Rain");
        Listener.Play late = new Listener.Play(5000, "Dust");
        assertEquals(3, Listener.merged(List.of(early, late), List.of(new Listener.Play(2000, "Fog"))).size());
        assertEquals("night train", Listener.key("The Night Train"));
        assertEquals(5, Listener.off(9));
        Listener listener = new Listener();
        assertEquals(1, listener.search("night"));
        assertEquals(2, listener.search("rain"));
        assertEquals(2, listener.search("night"));
        listener.lend("1", "Basel");
        listener.lend("2", "Basel");
        listener.lend("3", "Ghent");
        assertEquals(List.of("Ghent"), listener.back(List.of("1", "3")));
        assertEquals(2, listener.append(List.of("a", "b")));
        assertEquals(3, listener.append(List.of("c")));
        assertEquals(12, Listener.last("1987.12"));
    }
}
