package io.ibid.cli.processes;

import io.ibid.core.value.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one process without a pause until it is told to stop or the process is gone, and remembers what became of each transaction:
 * a batch of documents in one INSERT, one UPDATE over all documents of a batch, or the increment of a counter that all writers share.
 * After its thread has ended, {@link #losses} compares a peer's documents with what was acknowledged.
 */
final class Writer implements Runnable {
    static final String COUNTER = "hits";

    private static final int BATCH_DOCUMENTS_MAX = 8;
    private static final int NOTE_LENGTH_MAX = 300;
    private static final long PAUSE_MS_MAX = 6;

    private final String name;
    private final Endpoint endpoint;
    private final String collection;
    private final SplittableRandom random;
    private final TreeMap<String, Batch> batches = new TreeMap<>();
    private final List<Batch> updatable = new ArrayList<>();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private int acknowledgedIncrements;
    private int doubtfulIncrements;
    private int doubtful;
    private @Nullable String failure;
    private String end = "it was told to stop";
    private volatile long beganNs;
    private volatile boolean stopped;

    /** One batch of documents. Its generation is that of the last UPDATE over it. */
    private static final class Batch {
        private final String name;
        private final int size;
        private boolean isAcknowledged;
        private int acknowledgedGeneration;
        private int latestGeneration;

        Batch(String name, int size) {
            this.name = name;
            this.size = size;
        }
    }

    /** @param name of no other writer */
    Writer(String name, Endpoint endpoint, String collection, long seed) {
        this.name = name;
        this.endpoint = endpoint;
        this.collection = collection;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                int choice = random.nextInt(10);
                if (choice < 6 || updatable.isEmpty()) {
                    insert();
                } else if (choice < 8) {
                    update(updatable.get(random.nextInt(updatable.size())));
                } else {
                    increment();
                }
                Thread.sleep(random.nextLong(PAUSE_MS_MAX));
            }
        } catch (IOException processIsGone) {
            end = processIsGone.toString();
        } catch (Throwable e) { // shown by losses(): a thread's end must not hide it
            failure = String.valueOf(e);
        }
    }

    void stop() {
        stopped = true;
    }

    private void insert() throws IOException {
        Batch batch = new Batch(name + "-" + batches.size(), 2 + random.nextInt(BATCH_DOCUMENTS_MAX - 1));
        batches.put(batch.name, batch);
        List<Value> documents = new ArrayList<>();
        for (int i = 0; i < batch.size; i++) {
            documents.add(Value.Struct.builder()
                    .put("_id", Value.of(batch.name + "-" + i))
                    .put("batch", Value.of(batch.name))
                    .put("size", Value.of((long) batch.size))
                    .put("generation", Value.of(0L))
                    .put("note", Value.of(note()))
                    .build());
        }
        Value.Struct arguments = Value.Struct.builder()
                .put("documents", new Value.Array(documents))
                .build();
        transaction("INSERT INTO " + collection + " DOCUMENTS (:documents)", arguments);
        batch.isAcknowledged = true;
        updatable.add(batch);
    }

    private void update(Batch batch) throws IOException {
        batch.latestGeneration++;
        Value.Struct arguments = Value.Struct.builder()
                .put("generation", Value.of((long) batch.latestGeneration))
                .put("batch", Value.of(batch.name))
                .build();
        transaction("UPDATE " + collection + " SET generation = :generation WHERE batch = :batch", arguments);
        batch.acknowledgedGeneration = batch.latestGeneration;
    }

    private void increment() throws IOException {
        doubtfulIncrements++;
        transaction(
                "UPDATE COLLECTION " + collection + " (n COUNTER) APPLY n INCREMENT BY 1 WHERE _id = '" + COUNTER + "'",
                Value.Struct.EMPTY);
        doubtfulIncrements--;
        acknowledgedIncrements++;
    }

    private void transaction(String statement, Value.Struct arguments) throws IOException {
        doubtful++;
        beganNs = System.nanoTime();
        Endpoint.Reply reply = endpoint.execute(statement, arguments);
        beganNs = 0;
        if (reply.status() == 503) {
            throw new IOException("the process is stopping");
        }
        if (reply.status() != 200 || !reply.error().isEmpty()) {
            throw new AssertionError(statement + ": HTTP status " + reply.status() + ": " + reply.body());
        }
        doubtful--;
        acknowledged.incrementAndGet();
    }

    private String note() {
        int length = random.nextInt(NOTE_LENGTH_MAX);
        return random.ints(length, ' ', '~')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** Whether a write that began before this time waits for its answer. Any thread. */
    boolean isWaitingSince(long ns) {
        long began = beganNs;
        return began != 0 && began - ns < 0;
    }

    /** Transactions that were acknowledged. Any thread. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** Transactions whose process died or stopped before it acknowledged them. After the end. */
    int doubtful() {
        return doubtful;
    }

    int acknowledgedIncrements() {
        return acknowledgedIncrements;
    }

    int doubtfulIncrements() {
        return doubtfulIncrements;
    }

    /** What of this writer's acknowledged work the documents lack, and what they hold in part or never should. After the end. */
    List<String> losses(Contents contents) {
        List<String> losses = new ArrayList<>();
        if (failure != null) {
            losses.add(name + " failed: " + failure);
        }
        for (Batch batch : batches.values()) {
            Contents.Batch found = contents.batch(batch.name);
            if (found == null ? batch.isAcknowledged : found.documents() != batch.size) {
                losses.add(batch.name + ": " + (found == null ? 0 : found.documents()) + " of " + batch.size
                        + " documents, " + (batch.isAcknowledged ? "acknowledged" : "in doubt"));
            } else if (found != null
                    && (found.oldest() != found.newest()
                            || found.oldest() < batch.acknowledgedGeneration
                            || found.newest() > batch.latestGeneration)) {
                losses.add(batch.name + ": generations " + found.oldest() + " to " + found.newest() + ", acknowledged "
                        + batch.acknowledgedGeneration + ", sent " + batch.latestGeneration);
            }
        }
        return losses;
    }

    /** Who it is, and why it has ended. */
    @Override
    public String toString() {
        return name + ": " + (failure == null ? end : failure);
    }
}
