package io.ibid.cli.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.cli.processes.Chain.Role;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Links and disks fail while everybody writes: what was acknowledged stays, and all agree afterwards. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FaultsTest {
    private static final long SEED = Long.getLong("ibid.seed", new SplittableRandom().nextLong());
    private static final String THINGS = "things";
    /** Longer than a link may be silent. */
    private static final long FROZEN_MS = 14_000;

    private final SplittableRandom random = new SplittableRandom(SEED);

    @TempDir
    private Path folder;

    @Test
    void links_that_are_slow_and_break_all_the_time_lose_nothing() throws Exception {
        whileAllWrite(chain -> {
            chain.cables().forEach(cable -> cable.delay(10));
            for (int i = 0; i < 12; i++) {
                SlowCable cable = chain.cables().get(random.nextInt(2));
                Thread.sleep(random.nextInt(100, 400));
                cable.cut();
                Thread.sleep(random.nextInt(1, 200));
                cable.mend();
            }
            chain.cables().forEach(cable -> cable.delay(0));
        });
    }

    @Test
    void a_middle_that_stands_still_longer_than_its_partners_wait_goes_on_where_it_was() throws Exception {
        whileAllWrite(chain -> frozen(chain, FROZEN_MS));
    }

    @Test
    @Tag("long")
    void a_middle_that_stands_still_for_a_minute_goes_on_where_it_was() throws Exception {
        whileAllWrite(chain -> frozen(chain, 60_000));
    }

    private static void frozen(Chain chain, long ms) throws Exception {
        Child middle = chain.member(Role.MIDDLE);
        Thread.sleep(500); // all have begun
        middle.freeze();
        Thread.sleep(ms);
        middle.thaw();
    }

    /** What happens while the members of a chain write. */
    private interface Trouble {
        void happen(Chain chain) throws Exception;
    }

    private void whileAllWrite(Trouble trouble) throws Exception {
        List<Writer> writers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        try (Chain chain = new Chain(folder, List.of(THINGS))) {
            for (Role role : Role.values()) {
                chain.endpoint(role)
                        .require("INSERT INTO " + THINGS + " INITIAL DOCUMENTS ({'_id': '" + Writer.COUNTER + "'})");
                Writer writer = new Writer(role.name(), chain.endpoint(role), THINGS, random.nextLong());
                writers.add(writer);
                threads.add(Thread.ofPlatform().start(writer));
            }
            try {
                trouble.happen(chain);
            } finally {
                writers.forEach(Writer::stop);
                for (Thread thread : threads) {
                    thread.join();
                }
            }
            Contents agreed = chain.awaitAgreement(THINGS, 30_000);
            for (Writer writer : writers) {
                assertThat(writer.losses(agreed)).as(writer + ", seed " + SEED).isEmpty();
                assertThat(writer.acknowledged()).as(writer.toString()).isPositive();
            }
        }
    }

    @Test
    void a_peer_whose_disk_is_full_says_so_keeps_what_it_has_and_goes_on_when_there_is_room() throws Exception {
        try (Team team = new Team(folder)) {
            Child server = team.server("server");
            String[] arguments = {
                "peer",
                "--data",
                team.data("peer").toString(),
                "--http",
                "127.0.0.1:0",
                "--api-key",
                Child.API_KEY,
                "--connect",
                server.peerAddress(),
                "--subscribe",
                "SELECT * FROM " + THINGS
            };
            List<String> acknowledged = new ArrayList<>();
            try (Child full = Child.startWithFullDisk("full", folder, 600, arguments)) {
                String refusal = "";
                for (int i = 0; i < 200 && refusal.isEmpty(); i++) {
                    Endpoint.Reply reply = full.http().execute(insert("own-" + i), Value.Struct.EMPTY);
                    if (reply.status() == 200) {
                        acknowledged.add("own-" + i);
                    } else {
                        refusal = reply.error();
                    }
                }
                assertThat(refusal).contains("cannot write to the store");
                assertThat(acknowledged).hasSizeGreaterThan(20);
                for (int i = 0; i < 30; i++) {
                    server.http().require(insert("theirs-" + i));
                }
                assertThat(ids(full)).as("it still reads").containsAll(acknowledged);
                assertThat(ids(server)).as("the server is not concerned").contains("theirs-29");
            }
            try (Child again = Child.start("again", folder, arguments)) {
                team.awaitCount(again, "SELECT _id FROM " + THINGS, acknowledged.size() + 30);
                assertThat(ids(again)).containsAll(acknowledged);
                team.awaitCount(server, "SELECT _id FROM " + THINGS, acknowledged.size() + 30);
                assertThat(again.terminate(Duration.ofSeconds(20))).isZero();
            }
        }
    }

    private static String insert(String id) {
        return "INSERT INTO " + THINGS + " DOCUMENTS ({'_id': '" + id + "', 'text': '" + id.repeat(1_000) + "'})";
    }

    private static List<String> ids(Child member) throws IOException {
        return member.http().require("SELECT _id FROM " + THINGS).items().stream()
                .map(row -> ((Value.Text) row.get("_id")).value())
                .toList();
    }
}
