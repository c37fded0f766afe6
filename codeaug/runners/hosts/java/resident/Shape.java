package codeaug.resident;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A value taken apart: what it consists of, by names of classes, so that it can be built again in
 * any loader and compared without a word of the candidate's own. Immutable.
 */
final class Shape {
    /**
     * BIG: BigDecimal, BigInteger, a date or time. TEXT: what can be read of a StringBuilder or a reader. FROZEN:
     * other objects of the JDK, serialized. FUNCTION: a lambda. KEPT: a function of the JDK itself. LENT: an
     * object that may fail at its work.
     */
    enum Kind { NULL, VALUE, ENUM, BIG, ARRAY, LIST, SET, MAP, OBJECT, TEXT, FROZEN, FUNCTION, KEPT, LENT, SAME }

    private static final List<Kind> WITHOUT_NUMBER =
        Arrays.asList(Kind.NULL, Kind.VALUE, Kind.ENUM, Kind.BIG, Kind.SAME);

    static final Shape NULL = new Shape(Kind.NULL, "", null, Collections.<Shape>emptyList(), -1);

    final Kind kind;
    /** The class; of an array, that of its elements. */
    final String type;
    /**
     * A boxed primitive, String or big number; the name of a constant; the number of an object met
     * before; what else a kind needs.
     */
    final Object value;
    /** Elements; keys and values by turns; values of fields, outermost class last. */
    final List<Shape> parts;
    /** By which SAME means this one; -1 where being the same is nothing. */
    final int number;

    Shape(Kind kind, String type, Object value, List<Shape> parts, int number) {
        this.kind = kind;
        this.type = type;
        this.value = value;
        this.parts = parts;
        this.number = number;
    }

    static Shape of(Object value) {
        boolean big = value instanceof BigDecimal || value instanceof BigInteger || Moments.is(value);
        Kind kind = big ? Kind.BIG : Kind.VALUE;
        return new Shape(kind, value.getClass().getName(), value, Collections.<Shape>emptyList(), -1);
    }

    static Shape list(String type, List<Shape> parts) {
        return new Shape(Kind.LIST, type, null, parts, -1);
    }

    Shape with(List<Shape> others) {
        return new Shape(kind, type, value, others, number);
    }

    Shape with(Object other) {
        return new Shape(kind, type, other, parts, number);
    }

    /** Whether a call can change it. */
    boolean isMutable() {
        return !WITHOUT_NUMBER.contains(kind) && kind != Kind.KEPT
            && (!parts.isEmpty() || kind != Kind.ARRAY && kind != Kind.OBJECT);
    }

    Shape with(int number, Shape part) {
        List<Shape> others = new ArrayList<>(parts);
        others.set(number, part);
        return with(others);
    }

    /** Equal for equal values of exactly equal types, floats by their bits; else different. */
    String text() {
        StringBuilder text = new StringBuilder();
        write(text);
        return text.toString();
    }

    private void write(StringBuilder text) {
        text.append(kind).append(' ').append(type).append(' ');
        if (value instanceof Double) {
            text.append(Long.toHexString(Double.doubleToRawLongBits((Double) value)));
        } else if (value instanceof Float) {
            text.append(Integer.toHexString(Float.floatToRawIntBits((Float) value)));
        } else if (value instanceof String) {
            text.append(((String) value).length()).append(':').append(value);
        } else {
            text.append(value instanceof Shape ? ((Shape) value).text() : value);
        }
        List<String> inner = new ArrayList<>();
        int step = kind == Kind.MAP ? 2 : 1;
        for (int i = 0; i < parts.size(); i += step) {
            inner.add(parts.get(i).text() + (step == 2 ? " -> " + parts.get(i + 1).text() : ""));
        }
        if (Containers.hasNoOrder(type)) {
            Collections.sort(inner); // their order is nobody's word
        }
        text.append(inner);
    }

    /** For people, and where it can be (see {@link #isLiteral}) for a compiler. */
    String shown() {
        switch (kind) {
            case NULL:
                return "null";
            case VALUE:
                return literal(value);
            case ENUM:
                return type.replace('$', '.') + "." + value;
            case ARRAY:
                return "new " + type.replace('$', '.') + "[] {" + joined() + "}";
            case BIG:
                return (Moments.is(value) ? type + ".parse" : "new " + type) + "(\"" + value + "\")";
            case TEXT:
                return type.substring(type.lastIndexOf('.') + 1) + "(" + literal(value) + joined() + ")";
            case FROZEN:
            case FUNCTION:
            case KEPT:
                return value + (parts.isEmpty() ? "" : "(" + joined() + ")");
            case SAME:
                return "(the same again)";
            default:
                return type.substring(type.lastIndexOf('.') + 1) + "(" + joined() + ")";
        }
    }

    /** Whether what is shown is an expression of Java. */
    boolean isLiteral() {
        boolean plain = kind == Kind.NULL || kind == Kind.VALUE || kind == Kind.ENUM
            || kind == Kind.BIG || kind == Kind.ARRAY && !type.startsWith("[");
        return plain && parts.stream().allMatch(Shape::isLiteral);
    }

    private String joined() {
        List<String> shown = new ArrayList<>();
        parts.forEach(part -> shown.add(part.shown()));
        return String.join(", ", shown);
    }

    private static String literal(Object value) {
        if (value instanceof String || value instanceof Character) {
            StringBuilder text = new StringBuilder();
            for (char c : String.valueOf(value).toCharArray()) {
                boolean odd = c < ' ' || c > '~' || c == '"' || c == '\'' || c == '\\';
                int plain = Arrays.asList('\n', '\r', '\t', '"', '\'', '\\').indexOf(c);
                text.append(!odd ? String.valueOf(c) : plain < 0 ? String.format("\\u%04x", (int) c)
                    : "\\" + "nrt\"'\\".charAt(plain));
            }
            String quote = value instanceof String ? "\"" : "'";
            return quote + text + quote;
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            String type = value instanceof Double ? "Double" : "Float";
            return Double.isNaN(number) ? type + ".NaN"
                : Double.isInfinite(number) ? type + (number > 0 ? ".POSITIVE" : ".NEGATIVE") + "_INFINITY"
                : value + (value instanceof Float ? "f" : "");
        }
        String text = String.valueOf(value);
        return value instanceof Long ? text + "L" : value instanceof Short ? "(short) " + text
            : value instanceof Byte ? "(byte) " + text : text;
    }
}
