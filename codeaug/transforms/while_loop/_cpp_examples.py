"""What the loop transforms do to C++, and what they leave alone."""

from __future__ import annotations

from codeaug.transforms import Example


def _example(
    before: str, after: str = "", *, declined: str = "", why: str = "", lead: str = ""
) -> Example:
    """A function `f(int n, const char *text, Node *head)` of those statements, indented by 4."""
    head = f"{lead}void f(int n, const char *text, Node *head)\n{{\n"
    whole = head + after + "}\n" if after else ""
    return Example("cpp", head + before + "}\n", whole, declined, why=why)


FOR_TO_WHILE = (
    _example(
        """\
    for (int i = 0; i < n; ++i) {
        use(text[i]);
    }
""",
        """\
    int i = 0;
    while (i < n) {
        use(text[i]);
        ++i;
    }
""",
    ),
    _example(
        """\
    for (const char *p = text, *end = text + n; p != end; ++p) {
        use(*p);  // every one
    }
    done();
""",
        """\
    const char *p = text, *end = text + n;
    while (p != end) {
        use(*p);  // every one
        ++p;
    }
    done();
""",
    ),
    _example(
        """\
    done();
    for (auto it = all.begin(); it != all.end(); ++it)
    {
        use(*it);
    }
""",
        """\
    done();
    auto it = all.begin();
    while (it != all.end())
    {
        use(*it);
        ++it;
    }
""",
        why="at the end of the block an iterator lives no longer than before",
    ),
    _example(
        """\
    for( ;; ) {
        if (step()) return;
    }
""",
        """\
    while(true) {
        if (step()) return;
    }
""",
    ),
    _example(
        """\
    for (Cursor c = first(text); c.valid(); c.next()) {
        use(c);
    }
    done();
""",
        declined="TRIVLIFE",
        why="the cursor would be destroyed after done()",
    ),
    _example(
        """\
    for (int i = 0; i < n; ++i) {
        if (!text[i])
            continue;
        use(text[i]);
    }
""",
        declined="REACH",
        why="the continue would miss ++i",
    ),
    _example(
        """\
    #pragma omp parallel for
    for (int i = 0; i < n; ++i) {
        use(text[i]);
    }
""",
        declined="NOMACRO",
        why="OpenMP wants a for loop",
    ),
    _example(
        """\
    Cursor a, b;
    for (a = first(), b = last(); a != b; ++a) {
        use(a);
    }
""",
        declined="BUILTIN",
        why="the comma may be overloaded",
    ),
    _example(
        """\
    for (int n = 3; n > 0; --n) {
        use(n);
    }
""",
        declined="FRESH",
        why="n is the parameter outside of the loop",
    ),
    _example(
        """\
    if (n < 0) goto out;
    for (int i = 0; i < n; ++i) {
        use(i);
    }
out:
    done();
""",
        declined="REACH",
        why="the goto would cross the initialisation",
    ),
    _example(
        """\
    for (int i = 0; i < LIMIT(n); ++i) {
        use(i);
    }
""",
        declined="NOMACRO",
    ),
    _example(
        """\
    for (int i = 0; i < n; ++i) {
        SKIP_EMPTY(text[i]);
        use(i);
    }
""",
        declined="NOMACRO",
        why="SKIP_EMPTY may hold a continue",
    ),
    _example(
        """\
    for (int i = 0; i < n; ++i) {
        use(i);
        break;
    }
""",
        declined="REACH",
        why="the step would never be reached",
    ),
    _example("    for (char c : text) {\n        use(c);\n    }\n", why="nothing counts"),
)

WHILE_TO_FOR = (
    Example(
        "cpp",
        """\
void turn(char *text, int size)
{
    int i = 0;
    int j = size - 1;
    while (i < j) {
        std::swap(text[i], text[j]);
        i++;
        j--;
    }
}
""",
        declined="NATURAL",
        why="one of two counters alone would stand in the head",
    ),
    _example(
        """\
    size_t i = 0;
    while (i < limit()) {
        use(text[i]);
        i += 2;
    }
    done();
""",
        """\
    for (size_t i = 0; i < limit(); i += 2) {
        use(text[i]);
    }
    done();
""",
    ),
    _example(
        """\
    Node *node = head;
    while (node) {
        use(node);
        node = node->next;
    }
""",
        """\
    for (Node *node = head; node; node = node->next) {
        use(node);
    }
""",
    ),
    _example(
        """\
    while (1)
    {
        step();
    }
""",
        """\
    for (;;)
    {
        step();
    }
""",
    ),
    _example(
        """\
    Cursor c = first();
    while (c != last()) {
        use(*c);
        ++c;
    }
    done();
""",
        declined="TRIVLIFE",
        why="the cursor would be destroyed before done()",
    ),
    _example(
        """\
    Node *node = head;
    while (node) {
        Node *next = node->next;
        delete node;
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
        if (!text[i]) {
            break;
        }
        ++i;
    }
    use(i);
""",
        declined="FRESH",
        why="i is used behind the loop",
    ),
    _example(
        """\
    int i = 0;
    while (i < n) {
        if (!text[i]) {
            ++i;
            continue;
        }
        ++i;
    }
""",
        declined="REACH",
        why="the continue would make the step too",
    ),
    _example(
        """\
    int i = 0;
    while (i < MOST(n)) {
        use(i);
        ++i;
    }
""",
        declined="NOMACRO",
    ),
    _example(
        """\
    int i = 0;
    // all of them
    while (i < n) {
        use(i);
        ++i;
    }
""",
        declined="TRIVIA",
        why="the comment stands between",
    ),
    _example("    while (n > 0) {\n        use(n--);\n    }\n", why="nothing is stepped last"),
)

TO_CONDITION = (
    _example(
        """\
    while (true) {
        if (n == 0) break;
        use(n--);
    }
""",
        """\
    while (n != 0) {
        use(n--);
    }
""",
    ),
    _example(
        """\
    for (int i = 0; i < n; ++i) {
        if (!text[i] || text[i] == '"') {
            break;
        }
        use(text[i]);
    }
""",
        """\
    for (int i = 0; i < n && text[i] && text[i] != '"'; ++i) {
        use(text[i]);
    }
""",
    ),
    _example(
        """\
    int c;
    for (;;) {
        c = fgetc(file);
        if (c == -1) {
            break;
        }
        use(c);
    }
""",
        """\
    int c;
    while ((c = fgetc(file)) != -1) {
        use(c);
    }
""",
    ),
    _example(
        """\
    while (true)
    {
        use(n);
        if (--n < 3)
        {
            break;
        }
    }
""",
        """\
    do
    {
        use(n);
    } while (--n >= 3);
""",
    ),
    _example(
        """\
    while (n > 0) {
        if (text[n] == 'a' && text[n - 1] == 'b') {
            break;
        }
        --n;
    }
""",
        """\
    while (n > 0 && (text[n] != 'a' || text[n - 1] != 'b')) {
        --n;
    }
""",
        why="or binds looser than and",
    ),
    _example(
        """\
    while (true) {
        if (key == other) {
            break;
        }
        use(key);
    }
""",
        declined="BUILTIN",
        why="== may be overloaded",
    ),
    _example(
        """\
    while (true) {
        Node *next = find(n);
        use(next);
        if (!next) {
            break;
        }
    }
""",
        declined="FRESH",
        why="next is not known behind the brace",
    ),
    _example(
        """\
    while (true) {
        use(n);
        if (n == 3) continue;
        if (--n == 0) break;
    }
""",
        declined="REACH",
        why="the continue does not test",
    ),
    _example(
        """\
    while (true) {
        if (DONE(n)) {
            break;
        }
        use(n);
    }
""",
        declined="NOMACRO",
    ),
    _example(
        """\
    while (true) {
        if (Node *next = find(n)) {
            break;
        }
        use(n);
    }
""",
        declined="FRESH",
        why="the condition declares a name",
    ),
    _example(
        """\
    while (true) {
        switch (n) {
        case 1:
            break;
        }
        use(n);
    }
""",
        why="the break leaves the switch",
    ),
)

TO_BREAK = (
    _example(
        """\
    while ( *text && n > 0 ) {
        ++text;
    }
""",
        """\
    while ( *text ) {
        if ( n <= 0 ) {
            break;
        }
        ++text;
    }
""",
    ),
    _example(
        """\
    int got;
    while ((got = read(n)) > 0)
    {
        use(got);
    }
""",
        """\
    int got;
    while (true)
    {
        got = read(n);
        if (got <= 0)
        {
            break;
        }
        use(got);
    }
""",
    ),
    _example(
        """\
    do {
        n = next(n);
    } while (n); // until there is none
""",
        """\
    while (true) {
        n = next(n);
        if (!n) {
            break;
        }
    } // until there is none
""",
    ),
    _example(
        """\
    for (int i = 0; i < n && text[i]; ++i) {
        use(i);
    }
""",
        """\
    for (int i = 0; i < n; ++i) {
        if (!text[i]) {
            break;
        }
        use(i);
    }
""",
    ),
    _example(
        """\
    do {
        if (n == 3) continue;
        use(n);
    } while (--n > 0);
""",
        declined="REACH",
        why="the continue would miss the test",
    ),
    _example(
        """\
    while (n > 0 && key == other) {
        use(n);
    }
""",
        declined="BUILTIN",
        why="== may be overloaded",
    ),
    _example(
        """\
    while (a && b) {
        use(n);
    }
""",
        declined="BUILTIN",
        why="operator&& is overloaded in this file",
        lead="bool operator&&(Key a, Key b);\n",
    ),
    _example(
        """\
    while (a && b) {
        use(n);
    }
""",
        declined="NODEP",
        why="their types may depend on T",
        lead="template <typename T> ",
    ),
    _example(
        """\
    do {
        step();
    } while (0);
""",
        declined="DA",
        why="a way to write macros",
    ),
    _example(
        """\
    while (n > 0 && NEXT(n)) {
        use(n);
    }
""",
        declined="NOMACRO",
    ),
    _example("    while (n > 0) {\n        use(n--);\n    }\n", why="a plain condition stays"),
)
