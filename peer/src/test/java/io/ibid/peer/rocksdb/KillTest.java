package io.ibid.peer.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.storage.Batch;
import io.ibid.core.storage.Snapshot;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KillTest {

    private static final int KEYS = 10;

    @TempDir
    Path folder;

    @Test
    void killing_the_writing_process_keeps_every_synced_batch_and_no_half_one()
            throws IOException, InterruptedException {
        Random random = new Random(1);
        int rounds = Boolean.getBoolean("ibid.long") ? 30 : 4;
        int acknowledged = 0;
        for (int round = 0; round < rounds; round++) {
            acknowledged = Math.max(acknowledged, writeUntilKilled(50 + random.nextInt(300)));
            try (RocksStorage storage = new RocksStorage(folder, Profile.SMALL);
                    Snapshot snapshot = storage.snapshot()) {
                for (int batch = 1; batch <= acknowledged; batch++) {
                    assertThat(keysOf(snapshot, batch)).as("batch %d", batch).isEqualTo(KEYS);
                }
                int unacknowledged = acknowledged + 1;
                while (keysOf(snapshot, unacknowledged) == KEYS) {
                    unacknowledged++;
                }
                assertThat(keysOf(snapshot, unacknowledged)).isZero();
            }
        }
    }

    /** Returns the newest batch that the child said to be durable. */
    private int writeUntilKilled(int millis) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int newest = 0;
        try (BufferedReader lines = child.inputReader(StandardCharsets.US_ASCII)) {
            long end = Long.MAX_VALUE;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                newest = Integer.parseInt(line);
                if (end == Long.MAX_VALUE) {
                    end = System.nanoTime() + millis * 1_000_000L;
                } else if (System.nanoTime() > end) {
                    // Process.destroyForcibly would close the stream and lose what the child has said already.
                    child.toHandle().destroyForcibly();
                }
            }
        } finally {
            child.destroyForcibly().waitFor();
        }
        assertThat(newest).as("the child wrote something").isPositive();
        return newest;
    }

    private static int keysOf(Snapshot snapshot, int batch) {
        int present = 0;
        for (int i = 0; i < KEYS; i++) {
            if (snapshot.get(key(batch, i)) != null) {
                present++;
            }
        }
        return present;
    }

    private static byte[] key(int batch, int number) {
        return ByteBuffer.allocate(8).putInt(batch).putInt(number).array();
    }

    /** The child: writes, syncs, and says so, until it is killed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) {
            // Never closed: the process is killed.
            RocksStorage storage = new RocksStorage(Path.of(arguments[0]), Profile.SMALL);
            int number = 1;
            try (Snapshot snapshot = storage.snapshot()) {
                while (keysOf(snapshot, number) > 0) {
                    number++;
                }
            }
            while (true) {
                Batch batch = new Batch();
                for (int i = 0; i < KEYS; i++) {
                    batch.put(key(number, i), new byte[100]);
                }
                storage.write(batch);
                storage.sync();
                System.out.println(number);
                number++;
            }
        }
    }
}
