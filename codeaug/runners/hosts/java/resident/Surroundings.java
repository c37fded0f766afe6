package codeaug.resident;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** What all code of a JVM shares, as it was before the first text. */
final class Surroundings {
    private static final long PATIENCE = 60; // ms for threads that are about to end

    private final Properties properties = (Properties) System.getProperties().clone();
    private final Locale locale = Locale.getDefault();
    private final Locale shown = Locale.getDefault(Locale.Category.DISPLAY);
    private final Locale formatted = Locale.getDefault(Locale.Category.FORMAT);
    private final TimeZone zone = TimeZone.getDefault();
    private final UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
    private final Provider[] providers = Security.getProviders();
    private final Level level = Logger.getLogger("").getLevel();
    private final Handler[] handlers = Logger.getLogger("").getHandlers();
    private final Set<Thread> threads = threads();

    /** Silence, as in a cold run. */
    static void silence() {
        PrintStream nowhere = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) { }

            @Override
            public void write(byte[] b, int from, int length) { }
        });
        InputStream nothing = new ByteArrayInputStream(new byte[0]);
        System.setOut(nowhere);
        System.setErr(nowhere);
        System.setIn(nothing);
    }

    /** Puts everything back; what cannot be, and spoils this JVM for the next text, or "". */
    String restore() throws InterruptedException {
        System.setProperties((Properties) properties.clone());
        Locale.setDefault(locale);
        Locale.setDefault(Locale.Category.DISPLAY, shown);
        Locale.setDefault(Locale.Category.FORMAT, formatted);
        TimeZone.setDefault(zone);
        Thread.setDefaultUncaughtExceptionHandler(handler);
        silence();
        if (!Arrays.equals(Security.getProviders(), providers)) {
            return "security providers";
        }
        Logger root = LogManager.getLogManager().getLogger("");
        if (root == null || root.getLevel() != level || !Arrays.equals(root.getHandlers(), handlers)) {
            return "logging";
        }
        if (!ForkJoinPool.commonPool().awaitQuiescence(PATIENCE, TimeUnit.MILLISECONDS)) {
            return "tasks";
        }
        return leftThread();
    }

    private String leftThread() throws InterruptedException {
        long end = System.nanoTime() + PATIENCE * 1_000_000;
        while (true) {
            Thread left = null;
            for (Thread thread : threads()) {
                if (!threads.contains(thread) && !thread.getName().startsWith("ForkJoinPool.commonPool-")) {
                    left = thread;
                }
            }
            if (left == null) {
                return "";
            }
            if (System.nanoTime() > end) {
                return "thread " + left.getName();
            }
            Thread.sleep(1);
        }
    }

    /** Live threads but the JVM's own (which are in the outermost group). */
    private static Set<Thread> threads() {
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        Thread[] all = new Thread[top.activeCount() + 64];
        int count = top.enumerate(all, true);
        Set<Thread> threads = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Thread thread : Arrays.copyOf(all, count)) {
            if (thread != Thread.currentThread() && thread.getThreadGroup() != top) {
                threads.add(thread);
            }
        }
        return threads;
    }
}
