"""What the loop transforms do to Java, and what they leave alone."""

from __future__ import annotations

from codeaug.transforms import Example


def _example(
    before: str, after: str = "", *, declined: str = "", why: str = "", fields: str = ""
) -> Example:
    """A method `f(int n, int[] all, Node head)` of those statements, indented by 8."""
    head = f"class A {{\n{fields}    void f(int n, int[] all, Node head) {{\n"
    tail = "    }\n}\n"
    whole = head + after + tail if after else ""
    return Example("java", head + before + tail, whole, declined, why=why)


FOR_TO_WHILE = (
    _example(
        """\
        for (int i = 0; i < n; i++) {
            // each of them
            use(all[i]);
        }
""",
        """\
        int i = 0;
        while (i < n) {
            // each of them
            use(all[i]);
            i++;
        }
""",
    ),
    _example(
        """\
        for (Node node = head; node != null; node = node.next)
            use(node);
        done();
""",
        """\
        Node node = head;
        while (node != null) {
            use(node);
            node = node.next;
        }
        done();
""",
        why="two statements need braces",
    ),
    _example(
        """\
        for (;;) {
            if (step()) {
                continue;
            }
            return;
        }
""",
        """\
        while (true) {
            if (step()) {
                continue;
            }
            return;
        }
""",
        why="without steps nothing is missed by a continue",
    ),
    _example(
        """\
        int i;
        int j;
        for (i = 0, j = n; i < j; i++, j--) {
            while (step()) {
                continue;
            }
        }
""",
        """\
        int i;
        int j;
        i = 0;
        j = n;
        while (i < j) {
            while (step()) {
                continue;
            }
            i++;
            j--;
        }
""",
        why="the continue is the inner loop's",
    ),
    _example(
        """\
        for (int i = 0; i < n; i++) {
            if (all[i] == 0) {
                continue;
            }
            use(all[i]);
        }
""",
        declined="REACH",
        why="the continue would miss i++",
    ),
    _example(
        """\
        outer:
        for (int i = 0; i < n; i++) {
            for (int each : all) {
                if (each == i) {
                    continue outer;
                }
            }
        }
""",
        declined="REACH",
        why="the label is the loop's",
    ),
    _example(
        """\
        for (int i = 0; i < n; i++) {
            return;
        }
""",
        declined="REACH",
        why="javac refuses a step that is never reached",
    ),
    _example(
        """\
        for (int i = 0; i < n; i++) {
            use(i);
        }
        for (int i = n; i > 0; i--) {
            again(i);
            break;
        }
""",
        declined="FRESH",
        why="i is declared once more behind it",
    ),
    _example(
        """\
        for (int i = 0; i < n; i += step) {
            int step = all[i];
            use(step);
        }
""",
        declined="FRESH",
        why="the step reads a field that the body hides",
        fields="    int step;\n",
    ),
    _example(
        """\
        for (int i = 0; /* all */ i < n; i++) {
            use(i);
        }
""",
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    _example(
        """\
        // one for (each) of them
        for (int i = 0; i < n; i++) {
            use(i);
        }
""",
        declined="TRIVIA",
        why="the comment speaks of a for loop",
    ),
    _example(
        """\
        for (int i = 0; ; i++) {
            use(i);
        }
""",
        declined="NATURAL",
    ),
    _example(
        """\
        for (int each : all) {
            use(each);
        }
""",
        why="nothing counts",
    ),
)

WHILE_TO_FOR = (
    _example(
        """\
        int i = 0;
        while (i < n) {
            use(all[i]);

            i++;
        }
        done();
""",
        """\
        for (int i = 0; i < n; i++) {
            use(all[i]);
        }
        done();
""",
    ),
    _example(
        """\
        Node node = head;
        while (node != null) {
            if (node.last()) {
                break;
            }
            node = node.next;
        }
""",
        """\
        for (Node node = head; node != null; node = node.next) {
            if (node.last()) {
                break;
            }
        }
""",
        why="a break makes no step either way",
    ),
    _example(
        """\
        n = 7;
        while (n > 0) {
            use(n);
            n >>= 1;
        }
        use(n);
""",
        """\
        for (n = 7; n > 0; n >>= 1) {
            use(n);
        }
        use(n);
""",
        why="a variable of the method stays where it is",
    ),
    _example(
        """\
        while (true) {
            step();
        }
""",
        """\
        for (;;) {
            step();
        }
""",
    ),
    _example(
        """\
        int i = 0;
        while (i < n) {
            if (all[i] == 0) {
                i += 2;
                continue;
            }
            i++;
        }
""",
        declined="REACH",
        why="the continue would make the step too",
    ),
    _example(
        """\
        int i = 0;
        while (i < n) {
            use(i);
            i++;
        }
        use(i);
""",
        declined="FRESH",
        why="i is used behind the loop",
    ),
    _example(
        """\
        Node node = head;
        while (node != null) {
            Node next = node.next;
            node.next = null;
            node = next;
        }
""",
        declined="FRESH",
        why="next is the body's own",
    ),
    _example(
        """\
        int i = 0;
        while (i < n) {
            if (all[i] == 0) {
                i = i + 3;
            }
            i++;
        }
""",
        declined="NATURAL",
        why="a for loop steps in its head only",
    ),
    _example(
        """\
        int i = 0;
        while (i < n) {
            use(i);
            i++; // the next one
        }
""",
        declined="TRIVIA",
        why="the comment would be lost",
    ),
    _example(
        """\
        int i = 0;
        while (i < n) {
            use(i);
        }
""",
        why="nothing is stepped",
    ),
    _example(
        """\
        while (n > 0) {
            use(n);
            n--;
        }
""",
        why="nothing is set before",
    ),
)

TO_CONDITION = (
    _example(
        """\
        while (true) {
            if (done(n)) {
                break;
            }

            n = next(n);
        }
""",
        """\
        while (!done(n)) {
            n = next(n);
        }
""",
    ),
    _example(
        """\
        String line;
        while (true) {
            line = read();
            if (line == null) break;
            use(line);
        }
""",
        """\
        String line;
        while ((line = read()) != null) {
            use(line);
        }
""",
        why="read and tested",
    ),
    _example(
        """\
        for (int i = 0; i < n; i++) {
            if (all[i] < 0) {
                break;
            }
            use(all[i]);
            if (all[i] == 3) {
                continue;
            }
            use(i);
        }
""",
        """\
        for (int i = 0; i < n && all[i] >= 0; i++) {
            use(all[i]);
            if (all[i] == 3) {
                continue;
            }
            use(i);
        }
""",
        why="a continue is followed by the step and both tests, before and after",
    ),
    _example(
        """\
        for (;;) {
            n = next(n);
            use(n);
            if (n == 0) {
                break;
            }
        }
""",
        """\
        do {
            n = next(n);
            use(n);
        } while (n != 0);
""",
    ),
    _example(
        """\
        while (true) {
            if (all[n] == 0) {
                continue;
            }
            use(n);
            if (n == 0) {
                break;
            }
        }
""",
        declined="REACH",
        why="the continue does not test",
    ),
    _example(
        """\
        while (true) {
            int each = next(n);
            use(each);
            if (each == 0) {
                break;
            }
        }
""",
        declined="FRESH",
        why="each is not known behind the brace",
    ),
    _example(
        """\
        double x = half(n);
        while (true) {
            if (x < 0.5) {
                break;
            }
            use(x);
        }
""",
        declined="NOFLOAT",
        why="NaN is neither less nor not less",
    ),
    _example(
        """\
        while (true) {
            if (DEBUG) {
                break;
            }
            use(n);
        }
""",
        declined="DA",
        why="javac refuses while (false)",
        fields="    static final boolean DEBUG = true;\n",
    ),
    _example(
        """\
        while (true) {
            if (!(next(n) instanceof Node node)) {
                break;
            }
            use(node);
        }
""",
        declined="FLOW",
        why="the pattern variable lives on because of the break",
    ),
    _example(
        """\
        while (true) {
            // nothing more to do?
            if (done(n)) {
                break;
            }
            use(n);
        }
""",
        declined="TRIVIA",
        why="the comment speaks of the test",
    ),
    _example(
        """\
        while (true) {
            if (done(n)) {
                break;
            }
        }
""",
        declined="NATURAL",
        why="an empty loop would be left",
    ),
    _example(
        """\
        outer:
        while (true) {
            if (done(n)) {
                break outer;
            }
            use(n);
        }
""",
        why="the break names a loop",
    ),
    _example(
        """\
        while (true) {
            if (done(n)) {
                break;
            } else {
                use(n);
            }
        }
""",
        why="no plain exit",
    ),
)

TO_BREAK = (
    _example(
        """\
        while (n > 0 && !done(n)) {
            n--;
        }
""",
        """\
        while (n > 0) {
            if (done(n)) {
                break;
            }
            n--;
        }
""",
    ),
    _example(
        """\
        int c;
        while ((c = read()) != -1) {
            use(c);
            if (c == 3) {
                continue;
            }
            use(n);
        }
""",
        """\
        int c;
        while (true) {
            c = read();
            if (c == -1) {
                break;
            }
            use(c);
            if (c == 3) {
                continue;
            }
            use(n);
        }
""",
        why="a continue reads the next one either way",
    ),
    _example(
        """\
        do {
            n = next(n);
        } while (n > 0);
""",
        """\
        while (true) {
            n = next(n);
            if (n <= 0) {
                break;
            }
        }
""",
    ),
    _example(
        """\
        do {
            if (all[n] == 0) {
                continue;
            }
            use(n);
        } while (n > 0);
""",
        declined="REACH",
        why="the continue would miss the test",
    ),
    _example(
        """\
        do {
            return;
        } while (n > 0);
""",
        declined="REACH",
        why="javac refuses a test that is never reached",
    ),
    _example(
        """\
        do {
            use(n);
        } while (AGAIN);
""",
        declined="DA",
        why="javac refuses what follows an endless loop",
        fields="    static final boolean AGAIN = false;\n",
    ),
    _example(
        """\
        double x = half(n);
        while (n > 0 && x < 0.5) {
            use(n);
        }
""",
        declined="NOFLOAT",
        why="NaN is neither less nor not less",
    ),
    _example(
        """\
        while (n > 0 && next(n) instanceof Node node) {
            use(node);
        }
""",
        declined="FLOW",
        why="the pattern variable lives in the condition",
    ),
    _example(
        """\
        while (n > 0 /* still */ && !done(n)) {
            use(n);
        }
""",
        declined="TRIVIA",
        why="a comment would be lost",
    ),
    _example(
        """\
        while (n > 0 && !done(n)) {
            if (n == 3) {
                break;
            }
            use(n);
        }
""",
        declined="NATURAL",
        why="one break more is too much",
    ),
    _example(
        """\
        while (n > 0) {
            use(n--);
        }
""",
        why="a plain condition stays",
    ),
)
