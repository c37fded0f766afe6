package org.acme;

import static org.junit.jupiter.api.Assertions.*;

import java.io.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class ClerkTest {
    static class Box implements Clerk.Post {
        final List<String> letters = new ArrayList<>();

        @Override
        public void send(String letter) {
            letters.add(letter);
        }

        @Override
        public int sent() {
            return letters.size();
        }
    }

    @Test
    void works() throws IOException {
        Clerk clerk = new Clerk(new Box());
        clerk.add("a");
        clerk.add("b");
        assertEquals(2, clerk.sendAll());
        assertEquals(2, clerk.sent());
        clerk.add("c");
        assertEquals(0, clerk.deliver());
        assertEquals(3, clerk.price("pen", name -> name.length()));
        assertEquals(5, clerk.count("pen", name -> name.length()));
        StringWriter out = new StringWriter();
        assertEquals(2, Clerk.copy(List.of("x", "y"), out));
        Clerk.head(new StringWriter(), "Title");
        assertEquals(2, Clerk.bytes(new ByteArrayOutputStream(), new byte[] {1, 2}));
        assertEquals("a.b.", Clerk.dotted(new StringBuilder(), List.of("a", "b")).toString());
    }
}
