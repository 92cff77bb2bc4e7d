package io.ibid.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.error.Ablation;
import io.ibid.core.query.Modification;
import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.query.Target;
import io.ibid.core.query.Typing;
import io.ibid.core.store.Commit;
import io.ibid.core.store.Decided;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Published;
import io.ibid.core.store.Record;
import io.ibid.core.store.Transaction;
import io.ibid.core.store.WriteSettings;
import io.ibid.core.sync.wire.FrameReader;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Path;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A quiet little world for scripted scenes: peers that do what the test says, on links of one millisecond, with every frame on record. */
final class Lab {
    private static final int LENGTH_BYTES = 4;

    final VirtualTime time = new VirtualTime();
    final SimulatedNetwork network;
    final List<SimulatedPeer> peers = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    final List<String> commits = new ArrayList<>();
    private final Machine machine;
    private final Ablation ablation;
    private final SplittableRandom random = new SplittableRandom(1);

    /** A frame on its way, and what it says; {@code bytes} is what TCP carries. */
    record Sent(String from, String to, int bytes, List<Message> messages, long atUs) {
        List<String> labels() {
            return messages.stream().map(Message::label).toList();
        }
    }

    Lab() {
        this(Ablation.NONE);
    }

    Lab(Ablation ablation) {
        this(ablation, 8 << 20, 1 << 20, 256 << 20);
    }

    Lab(long stagedBytesInMemoryMax, long creditBytes, long unitBytesMax) {
        this(Ablation.NONE, stagedBytesInMemoryMax, creditBytes, unitBytesMax);
    }

    private Lab(Ablation ablation, long stagedBytesInMemoryMax, long creditBytes, long unitBytesMax) {
        this.ablation = ablation;
        machine = Machine.quick(stagedBytesInMemoryMax, creditBytes, unitBytesMax);
        network = new SimulatedNetwork(time, random.split(), 500, machine.bytesPerSecond());
        TreeMap<String, FrameReader> readers = new TreeMap<>();
        network.tap((from, to, frame) -> {
            if (frame[0] != 0) {
                return; // of another channel than the session's
            }
            FrameReader reader =
                    isGreeting(frame) ? new FrameReader() : readers.getOrDefault(from + to, new FrameReader());
            readers.put(from + to, reader);
            reader.open(frame);
            List<Message> messages = new ArrayList<>();
            for (Message message = reader.next(); message != null; message = reader.next()) {
                messages.add(message);
            }
            sent.add(new Sent(from, to, LENGTH_BYTES + frame.length, messages, time.nowUs()));
        });
    }

    private static boolean isGreeting(byte[] frame) {
        return frame[2] == 1;
    }

    SimulatedPeer peer(boolean isServer) {
        return peer(isServer, SimulatedPeer.DATABASE);
    }

    SimulatedPeer peer(boolean isServer, String databaseId) {
        SimulatedPeer peer =
                new SimulatedPeer(time, network, machine, ablation, random.split(), peers.size(), isServer, databaseId);
        peers.add(peer);
        return peer;
    }

    void start(SimulatedPeer peer, List<SimulatedPeer> dials, String... queries) {
        SimulatedPeer.Process process =
                peer.start(dials.stream().map(SimulatedPeer::address).toList(), List.of(queries));
        process.database().listen(commit -> record(peer, commit));
    }

    private void record(SimulatedPeer peer, Commit commit) {
        StringBuilder line = new StringBuilder(peer.address() + (commit.origin() == null ? " commit" : " unit"));
        commit.touched()
                .forEach(touch -> line.append(touch.evicted() ? " -" : " ").append(Oracle.name(touch.key())));
        commits.add(line.toString());
    }

    void run(long ms) {
        time.runUntil(time.nowUs() + ms * 1_000);
    }

    /** One local transaction, waited for. */
    void write(SimulatedPeer peer, Consumer<Transaction> writes) {
        List<Decided> outcome = new ArrayList<>();
        process(peer)
                .database()
                .submit(
                        head -> {
                            Transaction transaction = head.transaction(WriteSettings.STANDARD);
                            writes.accept(transaction);
                            return transaction.seal();
                        },
                        outcome::add);
        while (outcome.isEmpty()) {
            run(1);
        }
        assertThat(outcome.getFirst()).isInstanceOf(Decided.Committed.class);
    }

    static SimulatedPeer.Process process(SimulatedPeer peer) {
        SimulatedPeer.Process process = peer.process();
        if (process == null) {
            throw new AssertionError(peer.address() + " does not run");
        }
        return process;
    }

    void subscribe(SimulatedPeer peer, String query) {
        process(peer).database().sync().subscriptions().add(query(query));
    }

    void unsubscribe(SimulatedPeer peer, String query) {
        process(peer).database().sync().subscriptions().remove(query(query));
    }

    private static SubscriptionQuery query(String text) {
        return SubscriptionQuery.ofCanonical(text, Value.Struct.EMPTY);
    }

    static void insert(Transaction transaction, String collection, String id, Object... fields) {
        Value.Struct.Builder document = Value.Struct.builder().put("_id", Value.of(id));
        for (int i = 0; i < fields.length; i += 2) {
            document.put((String) fields[i], value(fields[i + 1]));
        }
        transaction.insert(collection, document.build(), Typing.FLEXIBLE, Target.Conflict.UPDATE, false);
    }

    static void set(Transaction transaction, String collection, String id, String field, Object value) {
        assertThat(transaction.update(
                        collection,
                        DocumentId.of(Value.of(id)),
                        List.of(new Modification.Set(Path.of(field), value(value))),
                        Typing.FLEXIBLE))
                .isTrue();
    }

    static void delete(Transaction transaction, String collection, String id) {
        assertThat(transaction.delete(collection, DocumentId.of(Value.of(id)))).isTrue();
    }

    static void evict(Transaction transaction, String collection, String id) {
        assertThat(transaction.evict(collection, DocumentId.of(Value.of(id)))).isTrue();
    }

    private static Value value(Object value) {
        return value instanceof String text ? Value.of(text) : Value.of(((Integer) value).longValue());
    }

    /** The field as JSON-like text; "nothing" when the document or the field is not there. */
    static String field(SimulatedPeer peer, String collection, String id, String field) {
        try (Published state = process(peer).database().published()) {
            Record record = state.record(new DocumentKey(collection, DocumentId.of(Value.of(id))));
            return switch (record == null ? Value.MISSING : record.row().field(Path.of(field))) {
                case Value.Missing missing -> "nothing";
                case Value.Text text -> text.value();
                case Value.Int number -> Long.toString(number.value());
                case Value other -> other.toString();
            };
        }
    }

    static long head(SimulatedPeer peer) {
        try (Published state = process(peer).database().published()) {
            return state.commitId();
        }
    }

    static Value.Struct row(SimulatedPeer peer, String collection, String id) {
        for (var system : process(peer).database().sync().systemCollections()) {
            if (system.name().equals(collection)) {
                for (Value.Struct row : system.rows()) {
                    if (row.get("_id").equals(Value.of(id))) {
                        return row;
                    }
                }
            }
        }
        throw new AssertionError("no row " + id + " in system:" + collection);
    }

    /** Forgets what is on record, runs, and gives the bytes of both directions since. */
    int bytesWhile(Runnable scene) {
        sent.clear();
        scene.run();
        return sent.stream().mapToInt(Sent::bytes).sum();
    }

    List<String> labels() {
        return sent.stream().flatMap(frame -> frame.labels().stream()).toList();
    }
}
