package codeaug.resident;

import java.util.List;
import java.util.Map;

/** What javac made of a text: class files by name (`org.acme.Foo$Bar`), and what it said. */
final class Compiled {
    final boolean ok;
    final Map<String, byte[]> classes;
    final List<Map<String, String>> messages;
    final String problem;

    Compiled(boolean ok, Map<String, byte[]> classes, List<Map<String, String>> messages,
            String problem) {
        this.ok = ok;
        this.classes = classes;
        this.messages = messages;
        this.problem = problem;
    }
}
