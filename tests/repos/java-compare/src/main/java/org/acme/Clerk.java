package org.acme;

import java.io.*;
import java.util.*;
import java.util.function.Function;

/** Small units, each for something that works for it and may fail. */
public class Clerk {
    interface Post {
        void send(String letter) throws IOException;

        int sent();
    }

    private final Post post;
    private final List<String> open = new ArrayList<>();
    private final Map<String, Integer> prices = new HashMap<>();
    private int done;

    Clerk(Post post) {
        this.post = post;
    }

    void add(String letter) {
        open.add(letter);
    }

    /** Sends all; what was not sent stays open. */
    int sendAll() throws IOException {
        while (!open.isEmpty()) {
            post.send(open.get(0));
            open.remove(0);
            done++;
        }
        return done;
    }

    int deliver() throws IOException {
        for (String letter : new ArrayList<>(open)) {
            post.send(letter);
            open.remove(letter);
        }
        return open.size();
    }

    int price(String name, Function<String, Integer> list) {
        Integer price = prices.get(name);
        if (price == null) {
            price = list.apply(name);
            prices.put(name, price);
        }
        return price;
    }

    int count(String name, Function<String, Integer> list) {
        done = done + list.apply(name);
        return done;
    }

    int sent() {
        return post.sent();
    }

    static int copy(Iterable<String> lines, Writer out) throws IOException {
        int number = 0;
        try {
            for (String line : lines) {
                number++;
                out.write(line + "\n");
            }
            out.flush();
        } finally {
            out.close();
        }
        return number;
    }

    static void head(Writer out, String title) throws IOException {
        out.write(title);
        out.write("\n");
        out.flush();
    }

    static int bytes(OutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
            return bytes.length;
        } catch (IOException e) {
            return -1;
        }
    }

    static <A extends Appendable> A dotted(A out, List<String> words) throws IOException {
        for (String word : words) {
            out.append(word).append('.');
        }
        return out;
    }
}
