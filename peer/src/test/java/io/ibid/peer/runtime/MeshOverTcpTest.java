package io.ibid.peer.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.StatementOptions;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many peers in one process, over sockets: a ring with chords, so that every change has many ways. */
@Timeout(300)
class MeshOverTcpTest {
    private static final long SEED = Long.getLong("ibid.seed", new SplittableRandom().nextLong());
    private static final int THREADS_A_PEER = 12;
    private static final int HEAP_MIB_A_PEER = 12;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @Test
    void a_mesh_of_twenty_agrees_on_everything_that_anybody_wrote() {
        agree(20, 10, 15);
    }

    @Test
    @Tag("long")
    void a_mesh_of_fifty_agrees_on_everything_that_anybody_wrote() {
        agree(50, 40, 30);
    }

    private void agree(int size, int chords, int rounds) {
        int threadsBefore = ManagementFactory.getThreadMXBean().getThreadCount();
        List<OpenDatabase> mesh = new ArrayList<>();
        try {
            for (int i = 0; i < size; i++) {
                OpenDatabase peer = OpenDatabase.open(DatabaseOptions.peer(null, "mesh"));
                mesh.add(peer);
                peer.subscribe("SELECT * FROM c", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
                List<String> partners = new ArrayList<>();
                if (i > 0) {
                    partners.add(address(mesh.get(i - 1)));
                }
                if (i == size - 1) {
                    partners.add(address(mesh.getFirst()));
                }
                if (i > 2 && i <= chords + 2) {
                    partners.add(address(mesh.get(random.nextInt(i - 1))));
                }
                peer.startSync(List.of("127.0.0.1:0"), partners);
            }
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < size; i++) {
                    write(mesh.get(i), i, round);
                }
            }
            List<String> first = agreement(mesh);
            assertThat(first)
                    .as("one of each peer, and the one that all write, seed %s", SEED)
                    .hasSize(size + 1)
                    .anyMatch(row -> row.contains("\"n\":" + size * rounds));
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount() - threadsBefore)
                    .as("threads")
                    .isLessThan(size * THREADS_A_PEER);
            System.gc();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            assertThat(heap).as("bytes of heap").isLessThan(((long) size * HEAP_MIB_A_PEER + 200) << 20);
        } finally {
            mesh.forEach(OpenDatabase::close);
        }
    }

    private static String address(OpenDatabase peer) {
        return peer.listening().getFirst();
    }

    private static void write(OpenDatabase peer, int number, int round) {
        execute(
                peer,
                round == 0
                        ? "INSERT INTO c INITIAL DOCUMENTS ({'_id': 'shared'})"
                        : "UPDATE c SET round = " + round + " WHERE _id = 'p" + number + "'");
        if (round == 0) {
            execute(peer, "INSERT INTO c DOCUMENTS ({'_id': 'p" + number + "', 'round': 0})");
        }
        execute(peer, "UPDATE COLLECTION c (n COUNTER) APPLY n INCREMENT BY 1 WHERE _id = 'shared'");
    }

    private static List<String> agreement(List<OpenDatabase> mesh) {
        long deadlineNs = System.nanoTime() + 120_000_000_000L;
        while (true) {
            List<String> first = rows(mesh.getFirst());
            int differs = 0;
            for (OpenDatabase peer : mesh) {
                differs += rows(peer).equals(first) ? 0 : 1;
            }
            if (differs == 0) {
                return first;
            }
            assertThat(System.nanoTime())
                    .as("%s peers differ, seed %s", differs, SEED)
                    .isLessThan(deadlineNs);
            sleep();
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void execute(OpenDatabase database, String statement) {
        database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE).close();
    }

    private static List<String> rows(OpenDatabase database) {
        try (Execution execution = database.execute(
                "SELECT * FROM COLLECTION c (n COUNTER) ORDER BY _id", Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            return execution.rest().stream().map(row -> Json.write(row.value())).toList();
        }
    }
}
