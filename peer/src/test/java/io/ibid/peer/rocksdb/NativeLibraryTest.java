package io.ibid.peer.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NativeLibraryTest {

    @TempDir
    Path cache;

    @Test
    void the_library_is_unpacked_once() throws IOException {
        Path library = library(NativeLibrary.unpack(cache));
        FileTime old = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(library, old);
        NativeLibrary.unpack(cache);
        assertThat(Files.getLastModifiedTime(library)).isEqualTo(old);
    }

    @Test
    void a_library_that_was_cut_off_is_replaced() throws IOException {
        Path library = library(NativeLibrary.unpack(cache));
        long whole = Files.size(library);
        Files.write(library, new byte[100]);
        NativeLibrary.unpack(cache);
        assertThat(Files.size(library)).isEqualTo(whole).isGreaterThan(1_000_000);
    }

    @Test
    void concurrent_starts_leave_one_whole_library_and_nothing_else()
            throws InterruptedException, ExecutionException, IOException {
        try (ExecutorService starts = Executors.newFixedThreadPool(4)) {
            List<Callable<Path>> unpacks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                unpacks.add(() -> NativeLibrary.unpack(cache));
            }
            for (Future<Path> unpacked : starts.invokeAll(unpacks)) {
                assertThat(Files.size(library(unpacked.get()))).isGreaterThan(1_000_000);
            }
        }
    }

    /** The only file in the directory. */
    private static Path library(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> found =
                    files.filter(file -> !file.toString().endsWith(".tmp")).toList();
            assertThat(found).hasSize(1);
            return found.getFirst();
        }
    }
}
