package io.ibid.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpoolTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 4095, 4096, 4097, 8192, 100_000})
    void gives_back_what_was_written(int size) throws IOException {
        Random random = new Random(size);
        byte[] written = new byte[size];
        random.nextBytes(written);
        try (Spool spool = new Spool(directory, 4096)) {
            for (int at = 0; at < size; ) {
                int count = Math.min(size - at, 1 + random.nextInt(3000));
                spool.write(written, at, count);
                at += count;
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            spool.sendTo(out);
            assertThat(out.toByteArray()).isEqualTo(written);
            assertThat(spool.size()).isEqualTo(size);
            assertThat(spool.isInFile()).isEqualTo(size > 4096);
        }
    }

    @Test
    void its_file_has_no_name_on_posix_systems_and_is_gone_when_closed_everywhere() throws IOException {
        try (Spool spool = new Spool(directory, 4096)) {
            spool.write(new byte[100_000]);
            assertThat(spool.isInFile()).isTrue();
            if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                assertThat(files()).isZero();
            }
        }
        assertThat(files()).isZero();
    }

    @Test
    void a_directory_that_cannot_be_written_is_named() {
        Path missing = directory.resolve("missing");
        try (Spool spool = new Spool(missing, 4096)) {
            assertThatThrownBy(() -> spool.write(new byte[100_000]))
                    .isInstanceOfSatisfying(
                            IbidException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_BACKEND))
                    .hasMessageContaining(missing.toString());
        }
    }

    private long files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.count();
        }
    }
}
