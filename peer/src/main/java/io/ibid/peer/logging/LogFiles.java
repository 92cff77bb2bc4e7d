package io.ibid.peer.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The log files of one folder, JSON lines: one that grows, {@code ibid.log}, and the ones before it, compressed. A file ends with its
 * megabyte or its day; the oldest are deleted. A disk that fails costs lines and nothing else. Any thread.
 */
final class LogFiles implements AutoCloseable {
    static final long FILE_BYTES_MAX = 1 << 20;
    static final Duration FILE_AGE_MAX = Duration.ofHours(24);
    static final int FILES_MAX = 15;

    private static final String CURRENT = "ibid.log";
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Clock clock;
    private @Nullable OutputStream out;
    private long bytes;
    private Instant begun = Instant.EPOCH;
    private boolean failed;

    LogFiles(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    synchronized void append(String line) {
        byte[] encoded = line.getBytes(StandardCharsets.UTF_8);
        try {
            OutputStream open = out == null ? open() : out;
            if (bytes > 0 && (bytes + encoded.length > FILE_BYTES_MAX || isOld())) {
                open.close();
                rotate();
                open = open();
            }
            open.write(encoded);
            bytes += encoded.length;
            failed = false;
        } catch (IOException e) {
            if (!failed) { // once for a disk that stays full
                System.err.println("error: the log in " + folder + " cannot be written: " + e.getMessage());
            }
            failed = true;
        }
    }

    private boolean isOld() {
        return Duration.between(begun, clock.instant()).compareTo(FILE_AGE_MAX) >= 0;
    }

    private OutputStream open() throws IOException {
        Files.createDirectories(folder);
        Path current = folder.resolve(CURRENT);
        bytes = Files.exists(current) ? Files.size(current) : 0;
        begun = bytes > 0 ? Files.getLastModifiedTime(current).toInstant() : clock.instant();
        OutputStream opened = Files.newOutputStream(current, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        out = opened;
        return opened;
    }

    private void rotate() throws IOException {
        Path current = folder.resolve(CURRENT);
        Path rotated = folder.resolve("ibid-" + STAMP.format(clock.instant()) + ".log.gz");
        for (int i = 1; Files.exists(rotated); i++) {
            rotated = folder.resolve("ibid-" + STAMP.format(clock.instant()) + "-" + i + ".log.gz");
        }
        try (OutputStream compressed = new GZIPOutputStream(Files.newOutputStream(rotated))) {
            Files.copy(current, compressed);
        }
        Files.delete(current);
        List<Path> old = rotated();
        for (Path oldest : old.subList(0, Math.max(0, old.size() - (FILES_MAX - 1)))) {
            Files.delete(oldest);
        }
    }

    /** Oldest first. */
    private List<Path> rotated() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(
                    files.filter(file -> String.valueOf(file.getFileName()).endsWith(".log.gz"))
                            .sorted()
                            .toList());
        }
    }

    /** Writes everything that is there, oldest first, as one gzip stream. */
    synchronized void exportTo(OutputStream target) throws IOException {
        // Members of gzip that follow each other are one stream.
        for (Path file : rotated()) {
            Files.copy(file, target);
        }
        Path current = folder.resolve(CURRENT);
        GZIPOutputStream compressed = new GZIPOutputStream(target);
        if (Files.exists(current)) {
            Files.copy(current, compressed);
        }
        compressed.finish();
    }

    @Override
    public synchronized void close() {
        if (out != null) {
            try {
                out.close();
            } catch (IOException e) {
                System.err.println("error: the log in " + folder + " cannot be closed: " + e.getMessage());
            }
            out = null;
        }
    }
}
