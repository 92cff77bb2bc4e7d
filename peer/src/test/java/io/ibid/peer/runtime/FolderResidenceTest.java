package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder knows itself again, and its copies do not. */
class FolderResidenceTest {

    @TempDir
    private Path temporary;

    private Path folder() throws IOException {
        return Files.createDirectories(temporary.resolve("folder"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        to.resolve(file.getFileName().toString()),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Test
    void a_mark_is_good_until_another_one_is_settled() throws IOException {
        FolderResidence residence = new FolderResidence(folder());
        String first = residence.mark();
        String second = residence.mark();
        assertThat(residence.isAt(first)).isTrue();
        assertThat(residence.isAt(second)).isTrue();
        residence.settled(second);
        assertThat(residence.isAt(first)).isFalse();
        assertThat(new FolderResidence(folder()).isAt(second)).isTrue();
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_folder_that_was_renamed_is_at_its_place() throws IOException {
        String mark = new FolderResidence(folder()).mark();
        Path renamed = temporary.resolve("renamed");
        Files.move(folder(), renamed);
        assertThat(new FolderResidence(renamed).isAt(mark)).isTrue();
    }

    @Test
    void a_copy_is_not_even_with_all_attributes() throws IOException {
        String mark = new FolderResidence(folder()).mark();
        Path copy = temporary.resolve("copy");
        copy(folder(), copy);
        assertThat(new FolderResidence(copy).isAt(mark)).isFalse();
        assertThat(new FolderResidence(folder()).isAt(mark)).isTrue();
    }

    @Test
    void an_old_state_that_is_put_back_over_a_newer_one_is_not() throws IOException {
        FolderResidence residence = new FolderResidence(folder());
        String old = residence.mark();
        Path backup = temporary.resolve("backup");
        copy(folder(), backup);
        residence.settled(residence.mark());
        copy(backup, folder());
        assertThat(residence.isAt(old)).isFalse();
    }

    @Test
    void where_files_have_other_numbers_after_a_start_the_time_of_birth_tells() throws IOException {
        FolderResidence residence = new FolderResidence(folder(), "one");
        String[] parts = residence.mark().split(" ", 4);
        assertThat(residence.isAt(String.join(" ", parts[0], parts[1], "77", "one")))
                .isEqualTo(!parts[1].isEmpty());
        assertThat(residence.isAt(String.join(" ", parts[0], "", parts[2], "one")))
                .as("an older Java did not know it")
                .isTrue();
        assertThat(residence.isAt(String.join(" ", parts[0], "1.2", "77", "one")))
                .isFalse();
    }

    @Test
    void a_disk_in_another_machine_is_not_where_machines_can_be_told() throws IOException {
        String mark = new FolderResidence(folder(), "one").mark();
        assertThat(new FolderResidence(folder(), "one").isAt(mark)).isTrue();
        assertThat(new FolderResidence(folder(), "other").isAt(mark)).isFalse();
        assertThat(new FolderResidence(folder(), "").isAt(mark)).isTrue();
        assertThat(List.of("", "nonsense", "place-x 1.2 3 one"))
                .noneMatch(wrong -> new FolderResidence(temporary, "one").isAt(wrong));
    }
}
