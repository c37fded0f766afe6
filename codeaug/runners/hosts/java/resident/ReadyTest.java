package codeaug.resident;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** A call as people read it, and as a test that the original passes. */
final class ReadyTest {
    private ReadyTest() {}

    static String call(String[] unit, int first, List<Shape> input) {
        List<String> shown = new ArrayList<>();
        input.subList(first, input.size()).forEach(shape -> shown.add(shape.shown()));
        boolean made = unit[1].equals("<init>");
        String owner = unit[0].substring(unit[0].lastIndexOf('.') + 1).replace('$', '.');
        String receiver = first == 0 ? "" : input.get(0).shown() + ".";
        return (made ? "new " + owner : first == 0 ? owner + "." + unit[1] : receiver + unit[1])
            + "(" + String.join(", ", shown) + ")";
    }

    /** For static methods of values that can be written; else "". */
    static String of(String[] unit, Side side, List<Shape> input, Side.Outcome expected, String call) {
        int modifiers = side.unit.getModifiers();
        boolean plain = Modifier.isStatic(modifiers) && !Modifier.isPrivate(modifiers)
            && input.stream().allMatch(Shape::isLiteral);
        Shape result = expected.result;
        String gives = result.isLiteral() ? result.shown() : "";
        if (!plain || gives.isEmpty() && expected.thrown == null || side.isVoid) {
            return "";
        }
        boolean jupiter = side.has("org.junit.jupiter.api.Test");
        int dot = unit[0].lastIndexOf('.');
        boolean real = gives.matches("-?[\\d.]+(E-?\\d+)?f?") && (gives.contains(".") || gives.endsWith("f"));
        String check = expected.thrown == null
            ? (result.kind == Shape.Kind.ARRAY ? "assertArrayEquals" : "assertEquals")
                + "(" + gives + ", " + call + (real && !jupiter ? ", 0" : "") + ");"
            : "assertThrows(" + expected.thrown.getClass().getName().replace('$', '.') + ".class, () -> " + call + ");";
        return (dot > 0 ? "package " + unit[0].substring(0, dot) + ";\n\n" : "")
            + "import static org.junit." + (jupiter ? "jupiter.api.Assertions" : "Assert") + ".*;\n\n"
            + "public class AgreesWithOriginalTest {\n    @org.junit." + (jupiter ? "jupiter.api." : "")
            + "Test\n    public void agrees() {\n"
            + "        " + check + "\n    }\n}\n";
    }
}
