package codeaug;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.Paths;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * JUnit XML reports that the user's own test command writes: the names of their tests.
 *
 * <p>As a program it removes those of an earlier run. Arguments: a folder, a pattern below it.
 */
public final class Reported {
    private Reported() {}

    public static void main(String[] arguments) throws IOException {
        for (Path old : files(Paths.get(arguments[0]), arguments[1])) {
            Files.delete(old);
        }
    }

    /** A name without what tells invocations of a method apart; the same as Python's `test_id`. */
    public static String folded(String name) {
        return name.replaceFirst("(?s)^([\\w$]+)\\s*[\\[({].*$", "$1");
    }

    /** `pkg.Class#method`, or `pkg.Class` for what is said of a whole class. */
    static Set<String> names(Path folder, String pattern) throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path file : files(folder, pattern)) {
            try {
                NodeList cases = parser().parse(file.toFile()).getElementsByTagName("testcase");
                for (int i = 0; i < cases.getLength(); i++) {
                    names.add(name((Element) cases.item(i)));
                }
            } catch (SAXException e) {
                System.err.println(file + " is not a readable test report");
            }
        }
        return names;
    }

    private static String name(Element test) {
        String owner = test.getAttribute("classname");
        String name = test.getAttribute("name");
        return name.isEmpty() || name.equals(owner) ? owner : owner + "#" + folded(name);
    }

    private static DocumentBuilder parser() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return factory.newDocumentBuilder();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Path> files(Path folder, String pattern) throws IOException {
        PathMatcher below = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        PathMatcher here = FileSystems.getDefault().getPathMatcher(
            "glob:" + pattern.replace("**/", "")); // which means no folder too
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                .filter(file -> below.matches(folder.relativize(file))
                    || here.matches(folder.relativize(file)))
                .sorted().collect(Collectors.toList());
        }
    }
}
