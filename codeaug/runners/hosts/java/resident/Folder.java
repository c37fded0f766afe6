package codeaug.resident;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What a folder held at one moment; what is new since can be taken away again. */
final class Folder {
    private final Path root;
    private final Map<Path, String> folders = new LinkedHashMap<>(); // with the time of their change
    private final Map<Path, String> files = new HashMap<>();

    Folder(Path root) throws IOException {
        this.root = root;
        note(root);
    }

    private void note(Path from) throws IOException {
        if (!Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(from, new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes found) {
                folders.put(folder, state(found));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
                files.put(file, state(found));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE; // a folder that nobody may enter
            }
        });
    }

    private static String state(BasicFileAttributes found) {
        return found.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS) + " "
            + (found.isDirectory() ? "" : found.size()) + " " + found.fileKey();
    }

    private static String state(Path path) {
        try {
            return state(Files.readAttributes(
                path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException e) {
            return "gone";
        }
    }

    /** Removes what is new in folders; what is gone or another, and cannot be put back, or "". */
    String restoreEntries() throws IOException {
        for (Map.Entry<Path, String> folder : new LinkedHashMap<>(folders).entrySet()) {
            String now = state(folder.getKey());
            if (now.equals("gone")) {
                return folder.getKey().toString();
            }
            if (!now.equals(folder.getValue())) {
                Map<Path, Boolean> present = new TreeMap<>();
                try (Stream<Path> list = Files.list(folder.getKey())) {
                    list.forEach(path -> present.put(path, true));
                }
                for (Path path : present.keySet()) {
                    if (!folders.containsKey(path) && !files.containsKey(path)) {
                        remove(path);
                    }
                }
                folders.put(folder.getKey(), state(folder.getKey()));
                String lost = lost(folder.getKey());
                if (!lost.isEmpty()) {
                    return lost;
                }
            }
        }
        return "";
    }

    private String lost(Path folder) {
        for (Map.Entry<Path, String> file : files.entrySet()) {
            if (folder.equals(file.getKey().getParent())
                    && !state(file.getKey()).equals(file.getValue())) {
                return file.getKey().toString();
            }
        }
        return "";
    }

    /** As {@link #restoreEntries}, and looks at the content of each file too (its size and time). */
    String restore() throws IOException {
        String lost = restoreEntries();
        for (Map.Entry<Path, String> file : files.entrySet()) {
            if (lost.isEmpty() && !state(file.getKey()).equals(file.getValue())) {
                lost = file.getKey().toString();
            }
        }
        return lost;
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            path.toFile().setWritable(true, true);
            path.toFile().setReadable(true, true);
            path.toFile().setExecutable(true, true);
            try (Stream<Path> list = Files.list(path)) {
                for (Path inner : (Iterable<Path>) list::iterator) {
                    remove(inner);
                }
            }
        }
        Files.deleteIfExists(path);
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
