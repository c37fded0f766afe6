package world;

import java.util.*;

/** What the examples of the transforms call and name without declaring it. */
public class World {
    protected int y, size, count;
    protected boolean on;
    protected List<String> names;

    protected static native void use(Object... all);
    protected static native void use(int one);
    protected static native void use(String one);
    protected static native void print(Object... all);
    protected static native void show(Object... all);
    protected static native void touch(Object... all);
    protected static native void log(Object one);
    protected static native void stop();
    protected static native void fail();
    protected static native void changed();
    protected static native void write(Object... all);
    protected static native void run();
    protected static native void check(Object one);
    protected static native int g(int... all);
    protected static native int h(int... all);
    protected static native int next(int one);
    protected static native int step();
    protected static native int color(int one);
    protected static native int small(int one);
    protected static native int big(int one);
    protected static native int start(long one);
    protected static native String read();
    protected static native String read(String one);
    protected static native String open(String one);
    protected static native String make();
    protected static native String format(Object one);
    protected static native String formatNames(List<String> all);
    protected static native List<String> getNames();
    protected static native boolean again(int one);
    protected static native boolean done(Object... all);
    protected static native boolean has(Object one);
    protected static native boolean hasKey(Object one);
    protected static native boolean more();
    protected static native boolean none();
    protected static native boolean isOpen();
    protected static native boolean add(Object one);

    public static class Node {
        public Node next;
        public int value, size;
        public native Node next();
        public native Node next(int one);
        public native boolean isLast();
        public native boolean done();
        public native boolean more();
        public native int value();
        public native int size();
    }

    public static class Box {
        public int size;
        public native int size();
        public native boolean isOpen();
        public native void close();
    }

    public static class FirstBox extends Box {}

    public static class Door {
        public native boolean isOpen();
        public native boolean isLocked();
    }

    public static class Item {
        public native String name();
        public native int size();
    }
}
