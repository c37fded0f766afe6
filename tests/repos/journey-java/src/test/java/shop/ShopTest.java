package shop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ShopTest {
    @Test
    void gradeOfNothing() {
        assertEquals("none", Shop.grade(null));
    }

    @Test
    void grades() {
        assertEquals("good", Shop.grade(11));
        assertEquals("bad", Shop.grade(10));
    }

    @Test
    void total() {
        assertEquals(6, new Shop(3, 0, 5).total(1));
        assertEquals(0, new Shop(3).total(-1));
    }
}
