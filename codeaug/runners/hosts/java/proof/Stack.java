package codeaug.proof;

import java.util.Arrays;
import org.objectweb.asm.Opcodes;

/** An operand stack of terms; long and double are one entry. */
final class Stack implements Opcodes {
    final Term[] items;
    int size;

    Stack(int most) {
        items = new Term[most + 1];
    }

    Stack copy() {
        Stack copy = new Stack(items.length - 1);
        System.arraycopy(items, 0, copy.items, 0, size);
        copy.size = size;
        return copy;
    }

    void push(Term term) {
        items[size++] = term;
    }

    Term pop() {
        return items[--size];
    }

    void drop(int count) {
        size -= count;
    }

    /** The last `count` items, the deepest first; they stay. */
    Term[] top(int count) {
        return Arrays.copyOfRange(items, size - count, size);
    }

    void shuffle(int opcode) {
        boolean wide = items[size - 1].wide();
        if (opcode == POP || opcode == POP2) {
            drop(opcode == POP || wide ? 1 : 2);
        } else if (opcode == SWAP) {
            Term top = pop();
            insert(top, 1);
        } else {
            int copied = opcode < DUP2 || wide ? 1 : 2;
            int over = (opcode - DUP) % 3; // words below what is copied
            Term[] top = top(copied);
            int below = over < 2 ? over : items[size - 1 - copied].wide() ? 1 : 2;
            for (int i = 0; i < copied; i++) {
                insert(top[i], copied + below);
            }
        }
    }

    private void insert(Term term, int below) {
        System.arraycopy(items, size - below, items, size - below + 1, below);
        items[size - below] = term;
        size++;
    }
}
