package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.store.AttachmentId;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that takes attachments in, killed at any moment. */
final class AttachmentKillTest {

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    void what_was_taken_in_survives_and_what_was_not_leaves_nothing() throws IOException, InterruptedException {
        Random random = new Random(1);
        for (int round = 0; round < 3; round++) {
            List<String> acknowledged = takeInUntilKilled(random.nextInt(150));
            assertThat(acknowledged).isNotEmpty();
            OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(folder, "photos"));
            try (database) {
                for (String line : acknowledged) {
                    String[] words = line.split(" ");
                    AttachmentId id = AttachmentId.parse(words[1]);
                    try (HeldContent content = database.attachments().find(id).orElseThrow()) {
                        byte[] expected = bytes(Integer.parseInt(words[0]));
                        assertThat(Arrays.equals(content.read(0, expected.length + 1), expected))
                                .isTrue();
                    }
                }
                try (Stream<Path> files = Files.list(folder.resolve("ditto_attachments"))) {
                    assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
                }
            }
            assertThat(Inspection.run(DatabaseOptions.peer(folder, "photos"))).isEmpty();
        }
    }

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[seed % 3 == 0 ? 100_000 : 2_000_000 + seed];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** The seeds and ids that the child said to be durable. */
    private List<String> takeInUntilKilled(int millis) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Dibid.log=ERROR",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Taker.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = child.inputReader(StandardCharsets.US_ASCII)) {
            long end = Long.MAX_VALUE;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("kept ")) {
                    said.add(line.substring("kept ".length()));
                }
                if (end == Long.MAX_VALUE) {
                    end = System.nanoTime() + millis * 1_000_000L;
                } else if (System.nanoTime() > end) {
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        return said;
    }

    /** The child: takes in, and says so, until it is killed. */
    static final class Taker {
        private Taker() {}

        public static void main(String[] arguments) {
            // Never closed: the process is killed.
            OpenDatabase database = OpenDatabase.open(DatabaseOptions.peer(Path.of(arguments[0]), "photos"));
            for (int seed = (int) (System.nanoTime() & 0xffff); ; seed++) {
                HeldContent content = database.attachments().add(new ByteArrayInputStream(bytes(seed)));
                System.out.println("kept " + seed + " " + content.id());
            }
        }
    }
}
