package codeaug.resident;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** The processes of this sandbox, as /proc shows them. */
final class Processes {
    private static final int FAULTS_OF_CHILDREN = 8; // fields behind the name; see proc(5)
    private static final int RESIDENT = 21;

    private Processes() {}

    static Set<Integer> all() {
        Set<Integer> all = new TreeSet<>();
        String[] names = new File("/proc").list();
        for (String name : names == null ? new String[0] : names) {
            if (name.matches("\\d+")) {
                all.add(Integer.valueOf(name));
            }
        }
        return all;
    }

    /** Grows with every child that has ended; -1 where the process is no more. */
    static long endedChildren(int process) {
        return field(process, FAULTS_OF_CHILDREN);
    }

    /** Bytes in memory. */
    static long resident(int process) {
        return field(process, RESIDENT) * 4096;
    }

    private static long field(int process, int number) {
        try {
            String text = new String(
                Files.readAllBytes(Paths.get("/proc/" + process + "/stat")), StandardCharsets.ISO_8859_1);
            return Long.parseLong(
                text.substring(text.lastIndexOf(')') + 2).split(" ")[number]);
        } catch (IOException | RuntimeException e) {
            return -1;
        }
    }

    /** Kills what is there but was not before; whether there was something. */
    static boolean killOthers(Set<Integer> before) throws IOException, InterruptedException {
        boolean found = false;
        for (int tries = 0; tries < 5; tries++) {
            Set<Integer> others = all();
            others.removeAll(before);
            others.removeIf(process -> field(process, RESIDENT) <= 0); // ended, not yet waited for
            if (others.isEmpty()) {
                break;
            }
            found = true;
            StringBuilder script = new StringBuilder("kill -9");
            others.forEach(process -> script.append(' ').append(process));
            new ProcessBuilder(Arrays.asList("sh", "-c", script + " 2> /dev/null")).start().waitFor();
        }
        return found;
    }

    /** A child's number: from Java 9 on it says so itself. */
    static int number(Process process) {
        try {
            return ((Long) Process.class.getMethod("pid").invoke(process)).intValue();
        } catch (ReflectiveOperationException e) {
            try {
                java.lang.reflect.Field field = process.getClass().getDeclaredField("pid");
                field.setAccessible(true);
                return field.getInt(process);
            } catch (ReflectiveOperationException none) {
                throw new IllegalStateException(none);
            }
        }
    }
}
