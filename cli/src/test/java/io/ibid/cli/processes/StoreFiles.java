package io.ibid.cli.processes;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files in which a database's storage keeps its data. */
final class StoreFiles {
    private StoreFiles() {}

    /** The table files of the database {@code demo} in a data folder. */
    static List<Path> tables(Path data) throws IOException {
        return files(data, ".sst");
    }

    /** Its write-ahead logs that are not empty. */
    static List<Path> logs(Path data) throws IOException {
        return files(data, ".log");
    }

    static long logBytes(Path data) throws IOException {
        long bytes = 0;
        for (Path log : logs(data)) {
            bytes += Files.size(log);
        }
        return bytes;
    }

    private static List<Path> files(Path data, String ending) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("demo/ditto_store"))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> file.toFile().length() > 0)
                    .sorted()
                    .toList();
        }
    }

    /** Flips one bit in the middle of the place where the file holds these characters. */
    static void flipBit(Path file, String where) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(where);
        if (at < 0) {
            throw new AssertionError(file + " does not hold " + where);
        }
        flipBit(file, at + where.length() / 2);
    }

    private static void flipBit(Path file, int at) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int old = bytes.read();
            bytes.seek(at);
            bytes.write(old ^ 0x10);
        }
    }
}
