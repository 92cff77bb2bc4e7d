package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryLockTest {

    @TempDir
    Path folder;

    @Test
    void a_second_opener_in_this_process_is_refused_and_lets_no_other_process_in()
            throws IOException, InterruptedException {
        Path directory = folder.resolve("database");
        try (DirectoryLock first = DirectoryLock.acquire(directory)) {
            assertThat(first).isNotNull();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> DirectoryLock.acquire(directory))
                        .isInstanceOfSatisfying(
                                IbidException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_DIRECTORY_LOCKED))
                        .hasMessageContaining(directory.toString())
                        .hasMessageContaining("this process");
                assertThat(lockInChild(directory))
                        .contains("in use by process " + ProcessHandle.current().pid());
            }
        }
        assertThat(lockInChild(directory)).isEqualTo("locked");
        DirectoryLock.acquire(directory).close();
    }

    @Test
    void a_directory_reached_through_a_link_is_the_same_directory() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("database"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), directory);
        try (DirectoryLock first = DirectoryLock.acquire(directory)) {
            assertThat(first).isNotNull();
            assertThatThrownBy(() -> DirectoryLock.acquire(link)).hasMessageContaining(link.toString());
        }
    }

    @Test
    void closing_twice_releases_once() {
        DirectoryLock first = DirectoryLock.acquire(folder);
        first.close();
        DirectoryLock second = DirectoryLock.acquire(folder);
        first.close();
        assertThatThrownBy(() -> DirectoryLock.acquire(folder)).isInstanceOf(IbidException.class);
        second.close();
    }

    /** What another process says when it tries. */
    private static String lockInChild(Path directory) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
            return String.valueOf(lines.readLine());
        } finally {
            child.waitFor();
        }
    }

    /** The other process. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) {
            try (DirectoryLock lock = DirectoryLock.acquire(Path.of(arguments[0]))) {
                System.out.println(lock == null ? "" : "locked");
            } catch (IbidException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}
