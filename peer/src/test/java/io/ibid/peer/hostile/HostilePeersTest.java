package io.ibid.peer.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.HybridClock;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.StoreId;
import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.rocksdb.Profile;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.OpenDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a partner does, the peer keeps what is right, serves others, and says whom it cut and why. */
@Timeout(60)
class HostilePeersTest {
    static final String DATABASE = "hostile";
    static final String COLLECTION = "c";

    private static final long STAGING_BYTES_MAX = 1 << 20;

    private final OpenDatabase victim = open(Map.of("DITTO_STAGING_BYTES_MAX", Long.toString(STAGING_BYTES_MAX)));
    private final OpenDatabase honest = open(Map.of());
    private int proofs;

    private static OpenDatabase open(Map<String, String> environment) {
        return OpenDatabase.open(
                new DatabaseOptions(null, DATABASE, Profile.SMALL, false, 2, new TreeMap<>(environment)));
    }

    @BeforeEach
    void connect() {
        for (OpenDatabase database : List.of(victim, honest)) {
            database.subscribe("SELECT * FROM c", Value.Struct.EMPTY, StatementOptions.FLEXIBLE);
        }
        victim.startSync(List.of("127.0.0.1:0"), List.of());
        honest.startSync(List.of(), victim.listening());
        proveService();
    }

    /** Whatever happened: the victim and its honest partner still sync, both ways. */
    @AfterEach
    void proveServiceAndClose() {
        try {
            proveService();
        } finally {
            honest.close();
            victim.close();
        }
    }

    private void proveService() {
        String id = "proof-" + ++proofs;
        execute(victim, "INSERT INTO c DOCUMENTS ({'_id': '" + id + "'})");
        await(() -> !rows(honest, "SELECT * FROM c WHERE _id = '" + id + "'").isEmpty());
        execute(honest, "UPDATE c SET seen = true WHERE _id = '" + id + "'");
        await(() -> !rows(victim, "SELECT * FROM c WHERE _id = '" + id + "' AND seen")
                .isEmpty());
    }

    @Test
    void a_partner_with_an_impossible_clock_writes_nothing_here_and_moves_no_clock() throws Exception {
        try (HostilePartner partner = hostile(1).open()) {
            long far = HybridClock.at(System.currentTimeMillis() + 3 * HybridClock.HARD_BOUND_MS);
            partner.entry(
                    HostilePartner.document("far"), HostilePartner.insert(far, HostilePartner.actor(1), Value.of(1)));
            partner.entry(
                    HostilePartner.document("now"), HostilePartner.insert(now(), HostilePartner.actor(1), Value.of(1)));
            partner.cut(1);
            assertThat(partner.await(Message.Ack.class).commit()).isEqualTo(1);
        }
        assertThat(ids()).contains("{\"_id\":\"now\"}").doesNotContain("{\"_id\":\"far\"}");
        // What is written after it would win over everybody else for years.
        execute(victim, "UPDATE c SET v = 2 WHERE _id = 'now'");
        execute(honest, "UPDATE c SET v = 3 WHERE _id = 'proof-1'");
        await(() -> rows(victim, "SELECT v FROM c WHERE _id = 'proof-1'").equals(List.of("{\"v\":3}")));
    }

    @Test
    void a_floor_above_the_version_vector_ends_the_session_and_changes_nothing() throws Exception {
        long before = victim.publishedCommit();
        try (HostilePartner partner = hostile(2).open()) {
            Delta good = HostilePartner.insert(now(), HostilePartner.actor(1), Value.of(1));
            VersionVector above = VersionVector.of(HostilePartner.actor(1), now() + 1_000);
            partner.entry(
                    HostilePartner.document("x"),
                    new Delta(good.vv(), good.reap(), good.epochs(), good.slots(), false, above, null));
            partner.cut(1);
            requireCut(partner, FaultCode.PROTOCOL, "floor");
        }
        assertThat(victim.publishedCommit()).isEqualTo(before);
    }

    @Test
    void documents_that_nobody_asked_for_are_not_taken() throws Exception {
        try (HostilePartner partner = hostile(3).open()) {
            for (String collection : List.of("other", "__collections", "__small_peer_info")) {
                partner.entry(
                        new DocumentKey(collection, DocumentId.of(Value.of("x"))),
                        HostilePartner.insert(now(), HostilePartner.actor(1), Value.of(1)));
            }
            partner.cut(1);
            assertThat(partner.await(Message.Ack.class).commit()).isEqualTo(1);
        }
        assertThat(rows(victim, "SELECT name FROM system:all_collections WHERE datasource = 'default'"))
                .containsExactly("{\"name\":\"c\"}");
    }

    @Test
    void a_unit_without_an_end_is_cut_at_its_limit() throws Exception {
        try (HostilePartner partner = hostile(4).open()) {
            Value filler = Value.of("x".repeat(8_000));
            for (int i = 0; i <= STAGING_BYTES_MAX / 8_000; i++) {
                partner.entry(
                        HostilePartner.document("endless-" + i),
                        HostilePartner.insert(now(), HostilePartner.actor(i % 100), filler));
                Thread.sleep(1); // an honest pace: the credit has time to come
            }
            requireCut(partner, FaultCode.LIMIT, "staging_bytes_max");
        }
        assertThat(ids()).noneMatch(id -> id.contains("endless"));
    }

    @Test
    void more_than_was_granted_ends_the_session() throws Exception {
        try (HostilePartner partner = hostile(5).open()) {
            Value filler = Value.of("x".repeat(500_000));
            partner.entry(
                    HostilePartner.document("huge"), HostilePartner.insert(now(), HostilePartner.actor(1), filler));
            requireCut(partner, FaultCode.CREDIT, "were granted");
        }
    }

    @Test
    void two_values_under_one_dot_harm_nobody_but_their_document() throws Exception {
        try (HostilePartner partner = hostile(6).open()) {
            long hlc = now();
            partner.entry(
                    HostilePartner.document("twice"),
                    HostilePartner.insert(hlc, HostilePartner.actor(1), Value.of("one")));
            partner.cut(1);
            partner.await(Message.Ack.class);
            partner.entry(
                    HostilePartner.document("twice"),
                    HostilePartner.insert(hlc, HostilePartner.actor(1), Value.of("other")));
            partner.cut(2);
            partner.await(Message.Ack.class);
        }
        assertThat(rows(victim, "SELECT v FROM c WHERE _id = 'twice'")).containsExactly("{\"v\":\"one\"}");
        await(() -> rows(honest, "SELECT v FROM c WHERE _id = 'twice'").equals(List.of("{\"v\":\"one\"}")));
        execute(honest, "UPDATE c SET v = 'settled' WHERE _id = 'twice'");
        await(() -> rows(victim, "SELECT v FROM c WHERE _id = 'twice'").equals(List.of("{\"v\":\"settled\"}")));
    }

    @Test
    void an_ack_of_another_commit_ends_the_session_and_confirms_nothing() throws Exception {
        try (HostilePartner partner = hostile(7).open()) {
            partner.await(Message.Cut.class);
            partner.say(new Message.Ack(1_000_000));
            requireCut(partner, FaultCode.PROTOCOL, "ACK of 1000000");
            assertThat(rows(
                            victim,
                            "SELECT last_commit_acked AS n FROM system:sync_peers WHERE _id = '" + partner.peerKey()
                                    + "'"))
                    .containsExactly("{\"n\":0}");
        }
    }

    @Test
    void a_storm_of_needs_ends_the_session() throws Exception {
        try (HostilePartner partner = hostile(8).open()) {
            List<Message.Wanted> wanted =
                    List.of(new Message.Wanted(HostilePartner.document("proof-1"), VersionVector.EMPTY));
            for (int i = 0; i < 8; i++) {
                partner.await(Message.Cut.class);
                partner.say(new Message.Need(wanted));
            }
            requireCut(partner, FaultCode.NEED, "was needed 8 times");
        }
    }

    @Test
    void needs_of_ever_other_documents_end_the_session_too() throws Exception {
        try (HostilePartner partner = hostile(9).open()) {
            int number = 0;
            boolean isCut = false;
            while (!isCut) {
                try {
                    partner.await(Message.Cut.class);
                } catch (IOException cut) {
                    assertThat(cut).hasMessageContaining("NEED");
                    isCut = true;
                }
                List<Message.Wanted> wanted = new ArrayList<>();
                for (int i = 0; i < 10_000; i++) {
                    wanted.add(new Message.Wanted(HostilePartner.document("made-up-" + number++), VersionVector.EMPTY));
                }
                partner.say(new Message.Need(wanted));
                assertThat(number).as("documents needed").isLessThan(400_000);
            }
        }
    }

    @Test
    void lanes_that_are_not_open_and_messages_out_of_turn_end_the_session() throws Exception {
        Message[][] rudeness = {
            {new Message.Chunk(3, 1, 1, Message.NO_TAGS, 0, List.of())},
            {new Message.Cut(1, 7, 5, 0, 0, 1, 0, Message.NO_TAGS)},
            {new Message.Cut(5, 7, 0, 0, 0, 99, 0, Message.NO_TAGS)},
            {new Message.Credit(4, 1 << 20)},
            {new Message.Forget(7, List.of())},
            {new Message.Subs(9, List.of(), List.of())},
            {new Message.ResumeOk(99, 0, List.of(), 0, 0, 0)},
            {new Message.Reset(Message.Reset.Reason.CHAIN, List.of())},
            {new Message.Resume(new StoreId(1, 1), 0, 0, List.of(), Message.NO_TAGS, List.of())},
        };
        for (int i = 0; i < rudeness.length; i++) {
            try (HostilePartner partner = hostile(20 + i).open()) {
                partner.say(rudeness[i]);
                Message.Fault fault = partner.await(Message.Fault.class);
                assertThat(fault.code()).as("%s", (Object) rudeness[i][0]).isEqualTo(FaultCode.PROTOCOL);
            }
        }
        try (HostilePartner partner = hostile(40)) {
            partner.say(new Message.Ack(1));
            assertThat(partner.await(Message.Fault.class).code()).isEqualTo(FaultCode.PROTOCOL);
        }
    }

    @Test
    void a_frame_that_cannot_be_expanded_is_told_to_operators_like_any_other_offence() throws Exception {
        try (HostilePartner partner = hostile(41).open()) {
            partner.raw(new byte[] {0, 0x11, 100, 1, 2, 3});
            await(() -> lastError(partner).contains("malformed"));
        }
    }

    @Test
    void garbage_of_all_kinds_ends_only_its_own_session() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            try (HostilePartner partner = hostile(50 + i)) {
                if (i % 3 > 0) {
                    partner.greet();
                }
                byte[] garbage = new byte[2 + random.nextInt(300)];
                random.nextBytes(garbage);
                if (i % 2 == 0) {
                    garbage[0] = 0;
                    garbage[1] = 0x10;
                }
                partner.raw(garbage);
                assertThatCode(() -> partner.await(Message.Fault.class))
                        .as("the victim answers with an ERROR or hangs up")
                        .satisfiesAnyOf(
                                outcome -> assertThat(outcome).isNull(),
                                outcome -> assertThat(outcome).isInstanceOf(IOException.class));
            }
        }
    }

    @Test
    void whoever_was_cut_is_kept_away_longer_each_time_and_can_read_why() throws Exception {
        long last = 0;
        for (int i = 0; i < 3; i++) {
            long keptAwayMs = 0;
            Message.Fault fault = null;
            while (fault == null || fault.code() == FaultCode.BUSY) {
                try (HostilePartner partner = hostile(10)) {
                    partner.greet();
                    partner.say(new Message.Ack(1));
                    fault = partner.await(Message.Fault.class);
                    if (fault.code() == FaultCode.BUSY) {
                        assertThat(fault.text()).contains("kept away", "ACK");
                        keptAwayMs = Math.max(keptAwayMs, fault.retryAfterMs());
                        Thread.sleep(fault.retryAfterMs());
                    }
                }
            }
            assertThat(fault.code()).isEqualTo(FaultCode.PROTOCOL);
            if (i > 0) {
                assertThat(keptAwayMs).isGreaterThan(last).isLessThanOrEqualTo(1_000L << (i - 1));
                last = keptAwayMs;
            }
        }
    }

    /** The partner hears why, and operators see whom and why. */
    private void requireCut(HostilePartner partner, FaultCode code, String why) throws IOException {
        Message.Fault fault = partner.await(Message.Fault.class);
        assertThat(fault.code()).isEqualTo(code);
        assertThat(fault.text()).contains(why);
        await(() -> rows(
                        victim,
                        "SELECT last_error FROM system:sync_peers WHERE _id = '" + partner.peerKey()
                                + "' AND status = 'Not Connected'")
                .stream()
                .anyMatch(row -> row.contains(why)));
    }

    private String lastError(HostilePartner partner) {
        return String.join(
                "", rows(victim, "SELECT last_error FROM system:sync_peers WHERE _id = '" + partner.peerKey() + "'"));
    }

    private HostilePartner hostile(int number) throws IOException {
        return new HostilePartner(victim.listening().getFirst(), number);
    }

    private static long now() {
        return HybridClock.at(System.currentTimeMillis());
    }

    private List<String> ids() {
        return rows(victim, "SELECT _id FROM c");
    }

    private static void execute(OpenDatabase database, String statement) {
        database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE).close();
    }

    private static List<String> rows(OpenDatabase database, String statement) {
        try (Execution execution = database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            return execution.rest().stream().map(row -> Json.write(row.value())).toList();
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still not so after 10 s").isLessThan(deadlineNs);
            sleep(5);
        }
    }

    private static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
