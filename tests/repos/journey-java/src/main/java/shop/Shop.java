package shop;

/** A shop of three methods: two are tested, one is not. */
public class Shop {
    private final int[] prices;

    public Shop(int... prices) {
        this.prices = prices;
    }

    /** The grade for a score. */
    public static String grade(Integer score) {
        // no score, no grade
        if (score == null) {
            return "none";
        } else {
            String label = score > 10 ? "good" : "bad";
            return label;
        }
    }

    public int total(int rebate) {
        int total = 0;
        for (int price : prices) {
            if (price > 0) {
                if (rebate >= 0) {
                    total += price - rebate;
                }
            }
        }
        return total;
    }

    public int untested(boolean value) {
        if (value) {
            return 1;
        } else {
            return 2;
        }
    }
}
