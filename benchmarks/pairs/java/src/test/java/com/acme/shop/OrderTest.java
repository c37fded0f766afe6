package com.acme.shop;

import static org.junit.jupiter.api.Assertions.*;

import java.io.*;
import java.util.*;
import org.junit.jupiter.api.Test;

class OrderTest {
    @Test
    void advances() {
        Order order = new Order();
        assertEquals(Order.State.PAID, order.advance());
        order.advance();
        order.advance();
        assertThrows(IllegalStateException.class, order::advance);
    }

    @Test
    void cancels() {
        Order order = new Order();
        assertTrue(order.canCancel(false));
        order.advance();
        order.advance();
        assertTrue(order.canCancel(true));
        order.advance();
        assertFalse(order.canCancel(true));
    }

    @Test
    void addsAndTakes() {
        Order order = new Order();
        assertEquals(2, order.add("pen", 2));
        assertEquals(3, order.add("pen", 1));
        assertTrue(order.take("pen"));
        assertEquals(2, order.size());
        assertFalse(order.take("ink"));
        assertThrows(IllegalArgumentException.class, () -> order.add("pen", 0));
        order.take("pen");
        order.take("pen");
        assertEquals(0, order.size());
    }

    @Test
    void notes() {
        Order order = new Order();
        order.notes().put("a", "b");
        assertEquals("b", order.note("a"));
        assertEquals("", order.note("c"));
    }

    @Test
    void skus() {
        Order order = new Order();
        order.add("pen", 1);
        assertTrue(order.skus().contains("pen"));
    }

    @Test
    void reads() throws IOException {
        Order order = new Order();
        assertEquals(2, order.read(new BufferedReader(new StringReader("pen\n\nink\n"))));
        assertEquals(Map.of("pen", 1, "ink", 1), order.pieces());
    }

    @Test
    void retries() {
        int[] left = {1};
        assertEquals("done", Order.retry(() -> {
            if (left[0]-- > 0) {
                throw new IllegalStateException("no");
            }
            return "done";
        }, 3));
    }

    @Test
    void skuForm() {
        assertTrue(Order.isSku("AB-123"));
        assertFalse(Order.isSku("Ab-123"));
        assertFalse(Order.isSku("AB-12x"));
        assertFalse(Order.isSku("AB123"));
        assertFalse(Order.isSku(null));
    }

    @Test
    void cards() {
        assertTrue(Order.luhn("79927398713"));
        assertFalse(Order.luhn("79927398710"));
        assertFalse(Order.luhn("7992x"));
    }

    @Test
    void carriers() {
        assertEquals("post", Order.carrier(100, "CH", false));
        assertEquals("courier", Order.carrier(100, "CH", true));
        assertEquals("parcel", Order.carrier(100, "FR", false));
        assertEquals("freight", Order.carrier(50000, "FR", false));
    }
}
