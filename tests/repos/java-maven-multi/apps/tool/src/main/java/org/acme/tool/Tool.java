package org.acme.tool;

import org.acme.core.Sums;

public class Tool {
    public static String run(int... numbers) {
        int total = Sums.sum(numbers);
        return "total " + Sums.twice(total);
    }
}
