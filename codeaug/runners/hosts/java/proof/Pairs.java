package codeaug.proof;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Methods with made-up names that are taken to be the same, and so have to be proved as well. */
final class Pairs {
    final Classes left;
    final Classes right;
    private final Set<String> seen = new HashSet<>();
    private final Deque<Reference[]> open = new ArrayDeque<>();

    Pairs(Classes left, Classes right) {
        this.left = left;
        this.right = right;
    }

    /** Whether each may stand for the other: the same flags and types, and the name if it shows. */
    boolean assume(List<Reference> one, List<Reference> two) {
        boolean same = one.size() == two.size();
        for (int i = 0; same && i < one.size(); i++) {
            Reference a = one.get(i);
            Reference b = two.get(i);
            same = left.madeUp(a) && right.madeUp(b) && a.owner.equals(b.owner)
                && a.name.startsWith("lambda$") == b.name.startsWith("lambda$")
                && Shape.of(left.method(a)).equals(Shape.of(right.method(b)))
                && (a.name.equals(b.name) || !left.serializes(a.owner));
            if (same && seen.add(a + " " + b)) {
                open.add(new Reference[] {a, b});
            }
        }
        return same;
    }

    /** The next pair to prove, or null. */
    Reference[] next() {
        return open.poll();
    }
}
