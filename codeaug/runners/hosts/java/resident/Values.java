package codeaug.resident;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Other numbers, texts and truth values: boundaries, neighbours, constants of the code; by chance. */
final class Values {
    private static final double[] REAL = {0.0, -0.0, 1, -1, 0.5, 0.1, 0.1 + 0.2, Double.NaN,
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE, Double.MIN_VALUE};
    private static final String[] DECIMAL = {"0", "0.00", "1", "-1", "0.5", "1.0", "1.10", "0.005", "0.015",
        "-0.125", "1E+3", "1e-20", "99999999999999999999.99"};

    private static final long NO_DOUBLE = (1L << 53) + 1; // the least that none of them is
    private static final int SMALL = 5; // up to which a number is tried with either sign, anyway
    private static final int INT_DIGITS = 9;
    private static final int LONG_DIGITS = 18; // more than a double can tell apart
    private static final int SIGN = 3; // characters of a text that is put into others

    private final List<Object> constants;
    private final Random chance;
    private final Texts texts;

    Values(List<Object> constants, Random chance) {
        this.constants = constants;
        this.chance = chance;
        texts = new Texts(chance, signs(constants));
    }

    private static List<String> signs(List<Object> constants) {
        List<String> all = new ArrayList<>();
        for (Object each : constants) {
            if (each instanceof String && ((String) each).length() <= SIGN) {
                all.add((String) each);
            }
        }
        return all;
    }

    /** All that are worth being tried, the value itself not among them. */
    Set<Object> others(Object value) {
        Set<Object> all = new LinkedHashSet<>();
        for (Object constant : constants) {
            Object like = like(constant, value);
            if (like != null) {
                all.add(like);
            }
            if (like instanceof Integer && (Integer) like > SMALL) { // what wraps round wraps below zero, too
                all.add(-(Integer) like);
            }
        }
        if (Moments.is(value)) {
            all.addAll(Moments.others(value));
        } else if (value instanceof Boolean) {
            all.add(!(Boolean) value);
        } else if (value instanceof Character) {
            char c = (Character) value;
            all.addAll(Arrays.asList((char) (c + 1), (char) (c - 1), 'a', 'A', '0', ' ', '\0', '\uffff', '\u00e9'));
        } else if (value instanceof String) {
            all.addAll(texts.others((String) value));
        } else if (value instanceof BigDecimal) {
            BigDecimal n = (BigDecimal) value;
            for (String one : DECIMAL) {
                all.add(new BigDecimal(one));
            }
            all.addAll(Arrays.asList(n.negate(), n.setScale(n.scale() + 1), n.add(n.ulp()),
                n.add(new BigDecimal("1e-20"))));
        } else if (value instanceof Double || value instanceof Float) {
            double d = ((Number) value).doubleValue();
            for (double one : REAL) {
                all.add(number(one, value));
            }
            for (double one : new double[] {-d, d + 1, d / 2}) {
                all.add(number(one, value));
            }
        } else {
            whole(((Number) value).longValue(), value, all);
        }
        all.remove(value);
        return all;
    }

    /** What compares as equal, or as neither less nor greater, without being the same: of such a value. */
    static List<List<Object>> ties(Object value) {
        List<Object> tied = value instanceof Double || value instanceof Float
            ? Arrays.asList(number(-0.0, value), number(0.0, value))
            : value instanceof BigDecimal ? Arrays.asList(value, ((BigDecimal) value).setScale(
                ((BigDecimal) value).scale() + 1))
            : value instanceof String ? Arrays.asList(value, Texts.swapped((String) value)) : new ArrayList<>();
        List<List<Object>> all = new ArrayList<>();
        if (!tied.isEmpty()) {
            all.add(tied);
            all.add(Arrays.asList(tied.get(1), tied.get(0)));
        }
        if (value instanceof Double || value instanceof Float) {
            all.add(Arrays.asList(number(Double.NaN, value), value));
            all.add(Arrays.asList(value, number(Double.NaN, value), value));
        }
        return all;
    }

    /** See Texts. */
    List<String> arranged(String text) {
        return texts.arranged(text);
    }

    /** See Texts. */
    List<String> parts(String text) {
        return texts.parts(text);
    }

    /** One of them, or one that is nowhere named. */
    Object other(Object value) {
        if (value instanceof String) {
            return chance.nextInt(5) == 0 ? some(new ArrayList<>(others(value))) : texts.changed((String) value);
        }
        if (value instanceof Character) {
            return chance.nextBoolean() ? some(new ArrayList<>(others(value)))
                : texts.changed(String.valueOf(value) + value).charAt(0);
        }
        if (value instanceof Boolean || chance.nextInt(4) == 0) {
            return some(new ArrayList<>(others(value)));
        }
        if (Moments.is(value)) {
            return Moments.other(value, chance);
        }
        if (value instanceof BigDecimal) {
            return new BigDecimal(BigInteger.valueOf(magnitude(INT_DIGITS)), chance.nextInt(5));
        }
        if (value instanceof Double || value instanceof Float) {
            double d = ((Number) value).doubleValue();
            double[] all = {d + chance.nextInt(7) - 3, magnitude(INT_DIGITS), magnitude(INT_DIGITS) / 100.0,
                Math.rint(d * 10 + chance.nextInt(21) - 10) / 10, d * (1 + chance.nextInt(3)),
                Math.nextUp(d), chance.nextGaussian()};
            return number(all[chance.nextInt(all.length)], value);
        }
        return exact(random(((Number) value).longValue(), value instanceof Long ? Long.SIZE : Integer.SIZE), value);
    }

    private long random(long n, int bits) {
        int sign = chance.nextBoolean() ? 1 : -1;
        switch (chance.nextInt(7)) {
            case 0:
                return n + sign * (1 + chance.nextInt(3));
            case 1:
                return chance.nextInt(41) - 20;
            case 2:
                return n * (chance.nextInt(7) - 3);
            case 3:
                return sign * (1L << chance.nextInt(bits)) + chance.nextInt(3) - 1;
            case 4:
                Object constant = constants.isEmpty() ? n : some(constants);
                long times = sign * (1 + chance.nextInt(25));
                return constant instanceof Number ? ((Number) constant).longValue() * times + chance.nextInt(3) - 1 : n;
            case 5:
                return n ^ 1L << chance.nextInt(bits - 1);
            default:
                return magnitude(bits < Long.SIZE ? INT_DIGITS : LONG_DIGITS);
        }
    }

    /** Of any number of digits. */
    private long magnitude(int digits) {
        long bound = (long) Math.pow(10, 1 + chance.nextInt(digits));
        return (long) (chance.nextDouble() * bound) * (chance.nextInt(3) == 0 ? -1 : 1);
    }

    private Object some(List<Object> all) {
        return all.get(chance.nextInt(all.size()));
    }

    /** The ends and the middle of what such a number may be; null where it is none. */
    static List<Object> ends(Object value) {
        if (value instanceof Double || value instanceof Float) {
            return Arrays.asList(number(0.0, value), number(-0.0, value), number(Double.NaN, value),
                number(Double.POSITIVE_INFINITY, value), number(Double.NEGATIVE_INFINITY, value), number(1, value));
        }
        if (!(value instanceof Number) || value instanceof BigDecimal || value instanceof BigInteger) {
            return null;
        }
        long most = most(value);
        List<Object> all = new ArrayList<>(Arrays.asList(exact(-most - 1, value), exact(-1, value), exact(0, value),
            exact(1, value), exact(most, value)));
        if (value instanceof Long) {
            all.add(NO_DOUBLE);
        }
        return all;
    }

    private static long most(Object like) {
        return like instanceof Long || like instanceof BigInteger ? Long.MAX_VALUE : like instanceof Integer
            ? Integer.MAX_VALUE : like instanceof Short ? Short.MAX_VALUE : Byte.MAX_VALUE;
    }

    /** The constant as a value of that class; null when it cannot be one. */
    static Object like(Object constant, Object value) {
        if (constant instanceof Integer && value instanceof Character) {
            return (char) (int) (Integer) constant;
        }
        if (constant.getClass() == value.getClass()) {
            return constant;
        }
        return constant instanceof Number && value instanceof Number
            ? number(((Number) constant).doubleValue(), value) : null;
    }

    private static void whole(long n, Object like, Set<Object> all) {
        for (long one : new long[] {0, 1, -1, n - 1, n + 1, -n, 2, 10, 100}) {
            all.add(exact(one, like));
        }
        long most = most(like);
        for (long one : new long[] {most, -most - 1, most - 1, Integer.MAX_VALUE, Integer.MIN_VALUE, 127, 128,
            255, 256, -128, -129, 32767, 32768, 65536, 1L << 31, 1L << 40}) {
            if (one <= most && one >= -most - 1) {
                all.add(exact(one, like));
            }
        }
        if (like instanceof BigInteger) {
            all.add(BigInteger.ONE.shiftLeft(70));
        }
    }

    static Object exact(long n, Object like) {
        return like instanceof Long ? (Object) n : like instanceof Integer ? (Object) (int) n
            : like instanceof Short ? (Object) (short) n : like instanceof Byte ? (Object) (byte) n
            : BigInteger.valueOf(n);
    }

    /** The number as one of the same class. */
    static Object number(double n, Object like) {
        return like instanceof Double ? (Object) n : like instanceof Float ? (Object) (float) n
            : like instanceof BigDecimal ? n == Math.rint(n) || n != n ? BigDecimal.valueOf((long) n)
            : BigDecimal.valueOf(n) : exact((long) n, like);
    }
}
