package io.ibid.peer.runtime;

import io.ibid.core.crdt.Sibling;
import io.ibid.core.database.Database;
import io.ibid.core.env.Env;
import io.ibid.core.env.Logs;
import io.ibid.core.error.Ablation;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.LiveSelect;
import io.ibid.core.query.Statement;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.store.Published;
import io.ibid.core.store.Record;
import io.ibid.core.store.SystemCollection;
import io.ibid.core.value.Value;
import io.ibid.peer.transport.Logins;
import io.ibid.peer.transport.Transport;
import io.ibid.peer.transport.Wire;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One open database of this process: statements, transactions, observers, subscriptions and sync, for the SDK, the HTTP server and the
 * commands. Calls block the calling thread and may come from any thread but the loop's; virtual threads are served by a pool thread,
 * because native calls would pin their carrier.
 */
public final class OpenDatabase implements AutoCloseable {
    private static final Logger LOG = Logs.of(OpenDatabase.class);
    private static final long CLOSE_WAIT_MS = 10_000;

    private final DatabaseOptions options;
    private final DatabaseDirectory directory;
    private final Loop loop;
    private final LoopTimers timers;
    private final WorkerPool workers;
    private final SyncLane syncs;
    private final ObserverThreads observerThreads;
    private final Transport transport;
    private final Database database;
    private final Statements statements;
    private final SystemCollection partners;
    private final SyncControl sync;
    private final ConnectionGate gate;
    private final AttachmentStore attachments;
    private final InFlight calls = new InFlight();
    private final CommitWatch commits = new CommitWatch(this::publishedCommit);

    /**
     * Opens or creates a database.
     *
     * @throws IbidException {@code store/persistence-directory-locked}, {@code store/format}, {@code store/corrupt} or
     *     {@code store/backend}, naming the directory
     */
    public static OpenDatabase open(DatabaseOptions options) {
        DatabaseDirectory directory = new DatabaseDirectory(options);
        try {
            return new OpenDatabase(options, directory);
        } catch (Throwable e) {
            directory.close();
            throw e;
        }
    }

    private OpenDatabase(DatabaseOptions options, DatabaseDirectory directory) {
        String name = "ibid-" + options.databaseId();
        this.options = options;
        this.directory = directory;
        this.loop = new Loop(name + "-loop", this::stopInstance);
        this.timers = new LoopTimers(loop);
        this.workers = new WorkerPool(name + "-worker-", options.workers(), loop);
        this.syncs = new SyncLane(name + "-sync", loop);
        this.observerThreads = new ObserverThreads(name + "-observer-");
        this.transport = new Transport(
                loop,
                options.databaseId(),
                directory.deviceKey().pair(),
                directory.deviceKey().peerKey(),
                options.sharedKey());
        this.gate = new ConnectionGate(transport, timers, loop);
        try {
            Env env = new Env(
                    new SystemClock(),
                    new SecureRandomness(),
                    timers,
                    workers,
                    syncs,
                    gate,
                    directory.blobs(),
                    directory.durable(),
                    directory.scratch());
            this.database = new Database(env, options.config(directory.identity()));
        } catch (Throwable e) {
            stopThreads();
            throw e;
        }
        this.sync = new SyncControl(database, loop, transport, gate);
        this.partners = database.sync().systemCollections().stream()
                .filter(collection -> collection.name().equals("sync_peers"))
                .findFirst()
                .orElseThrow();
        this.statements = new Statements(
                database,
                loop,
                new LocalWriter(database, loop, syncs),
                new Administration(database, loop, sync),
                calls,
                this::closedError,
                new Rights(options.server(), options.directory() == null));
        this.attachments = new AttachmentStore(database, loop, calls, this::closedError, statements::refuseNesting);
        new ProcessInfo(database, this::syncs, statements::memoryBytes)
                .systemCollections()
                .forEach(database.store()::register);
        database.store().register(new SystemInfo(database, directory.path(), sync::listening));
        database.store()
                .register(new ComputedCollection(
                        "transports_info",
                        () -> List.of(ComputedCollection.row(
                                "discovery_hint",
                                new Value.Array(sync.listening().stream()
                                        .<Value>map(Value::of)
                                        .toList())))));
        loop.runSoon(() -> database.listen(commit -> commits.published(commit.id())));
        loop.runSoon(database.indexing()::resume);
    }

    public String databaseId() {
        return options.databaseId();
    }

    /**
     * Runs one statement. A mutation is durable and published when this returns; the rows of a SELECT stream from the newest
     * published snapshot until the execution is closed.
     */
    public Execution execute(String text, Value.Struct arguments, ExecuteOptions how) {
        return statements.execute(text, arguments, how);
    }

    /** Runs a transaction that may write, see {@link #transaction(TransactionOptions, Function)}. */
    public <T> Committed<T> transaction(Function<TransactionScope, T> callback) {
        return transaction(TransactionOptions.STANDARD, callback);
    }

    /**
     * Runs a transaction. One that may write is the only one that does: other writers wait, in the order in which they came, and its
     * statements become durable and visible together, or not at all when the callback throws. Those that only read run beside it and
     * each other, on the newest published snapshot.
     *
     * @return what the callback returned, and the commit: its own, or the newest one when nothing changed
     * @throws IbidException {@code query/execution} at once, when the calling thread is in the callback of a transaction that may write
     */
    public <T> Committed<T> transaction(TransactionOptions how, Function<TransactionScope, T> callback) {
        return statements.transaction(how, callback);
    }

    /** Whether the calling thread works for the callback of a transaction that may write, and is refused what would wait for its end. */
    public boolean isPartOfTransaction() {
        return statements.isPartOfTransaction();
    }

    /** Runs something that the callback of a transaction that may write waits for, in the calling thread. */
    public <T> T asPartOfTransaction(Callable<T> part) throws Exception {
        return statements.asPartOfTransaction(part);
    }

    /** A callback of {@link #transaction} that returns this undoes what it did. */
    public static final Object ROLLBACK = new Object();

    /** The outcome of a transaction. */
    public record Committed<T>(@Nullable T value, long commitId) {}

    /** Calls the listener with the current result soon, and with the newest one after each commit that changes it. */
    public Observer observe(String text, Value.Struct arguments, ExecuteOptions how, Consumer<Execution> listener) {
        return observe(text, arguments, how, (result, next) -> {
            listener.accept(result);
            next.run();
        });
    }

    /** Likewise, and with each result after the first waits until the listener asks for it. */
    public Observer observe(String text, Value.Struct arguments, ExecuteOptions how, Observer.Listener listener) {
        if (calls.isClosed()) {
            throw closedError();
        }
        LiveSelect select = new LiveSelect(statements.prepare(text, how), arguments);
        Statement observed = select.statement();
        if (observed.isJoin()) {
            // A join that no index serves is refused here, and not where nobody hears of it.
            statements.read(observed, arguments, how).close();
        }
        Observer observer =
                new Observer(() -> statements.read(observed, arguments, how), listener, loop, observerThreads);
        loop.execute(() -> observer.watch(database.observe(select, observer.news())));
        return observer;
    }

    /**
     * Wants to have what a query selects from the partners, from the next contact on.
     *
     * @throws IbidException {@code query/unsupported} for anything but {@code SELECT * FROM c [WHERE condition]}
     */
    public Subscription subscribe(String text, Value.Struct arguments) {
        return subscribe(text, arguments, database.settings().options());
    }

    /** As {@link #subscribe(String, Value.Struct)}, bound with these options instead of what the parameters say. */
    public Subscription subscribe(String text, Value.Struct arguments, StatementOptions how) {
        if (calls.isClosed()) {
            throw closedError();
        }
        SubscriptionQuery query = SubscriptionQuery.prepare(text, how, arguments);
        query.warnings().forEach(warning -> LOG.warn("{}: {}", warning, text));
        return sync.subscribe(query);
    }

    /**
     * Starts sync: opens ports and keeps connections. No effect while active.
     *
     * @param listen {@code host:port} to accept partners on; port 0 means any free one
     * @param connect {@code host:port} of partners, and URLs of servers (see {@link #logins}), to keep a connection to
     * @throws IbidException {@code transport/listen-failed}, {@code transport/identity-required} or {@code validation/invalid},
     *     naming the address; nothing stays open then
     */
    public void startSync(List<String> listen, List<String> connect) {
        if (calls.isClosed()) {
            throw closedError();
        }
        sync.start(listen, connect);
    }

    /**
     * Goes over to other ports and addresses while sync is active; connections that stay wanted are not disturbed.
     *
     * @param failed told why a port or an address cannot be had; the others are
     */
    public void changeSync(List<String> listen, List<String> connect, Consumer<RuntimeException> failed) {
        sync.change(listen, connect, failed);
    }

    /** Asks about each connection from now on before it is used; null: allows all. */
    public void askBeforeConnecting(@Nullable ConnectionQuestion question) {
        gate.ask(question);
    }

    /** The values that concurrent writes have left in one field, what is shown first; empty when there is none. */
    public List<Value> siblings(DocumentKey document, io.ibid.core.value.Path field) {
        if (calls.isClosed()) {
            throw closedError();
        }
        try (Published snapshot = database.published()) {
            Record known = snapshot.record(document);
            return known == null
                    ? List.of()
                    : known.document().siblings(field, Ablation.NONE).stream()
                            .map(Sibling::value)
                            .toList();
        }
    }

    /** The rows of {@code system:sync_peers}: what is known of every partner, connected or not. */
    public List<Value.Struct> partners() {
        return partners.rows();
    }

    /** Ends all sessions and closes the ports. Subscriptions and all local work go on. Idempotent. */
    public void stopSync() {
        if (!calls.isClosed()) {
            sync.stop();
        }
    }

    public boolean isSyncActive() {
        return sync.isActive();
    }

    /** The contents of attachments. */
    public AttachmentStore attachments() {
        return attachments;
    }

    /** The open ports as {@code host:port}. */
    public List<String> listening() {
        return sync.listening();
    }

    /** The logins at servers that are dialled by URL. */
    public Logins logins() {
        return transport.logins();
    }

    /** Takes a connection that something else, a web server for instance, has accepted. */
    public void attach(Wire wire) {
        sync.attach(wire);
    }

    /** The key pair of this device, on P-256. */
    public KeyPair deviceKeys() {
        return directory.deviceKey().pair();
    }

    /** The name of this device among its partners. */
    public String peerKey() {
        return directory.deviceKey().peerKey();
    }

    /**
     * Waits until a commit is published here; false when the time is over before.
     *
     * @throws IbidException {@code query/execution} when the thread is interrupted, {@code store/closed} when the database is closed
     */
    public boolean awaitCommit(long commitId, long timeoutMs) {
        return commits.await(commitId, timeoutMs);
    }

    /** The newest commit that is durable and visible. */
    public long publishedCommit() {
        try (Published snapshot = database.published()) {
            return snapshot.commitId();
        }
    }

    /** The database's own directory; a temporary one when it is in memory. */
    public Path directory() {
        return directory.path();
    }

    /** How often the log was made durable since open, as the storage counts it. */
    public long syncs() {
        return directory.durable().syncs();
    }

    public boolean isClosed() {
        return calls.isClosed();
    }

    /** Finishes running statements, stops sync and observers, flushes, unlocks. Idempotent. */
    @Override
    public void close() {
        close(CLOSE_WAIT_MS);
    }

    /** Statements that still run after so long fail with {@code store/closed}. */
    public void close(long waitMs) {
        // Who waits for an index is told first, so that nobody waits for the waiting.
        loop.execute(database.indexing()::stop);
        if (calls.close(waitMs)) {
            IndexStatements.stop(database, loop);
            sync.stop();
            database.stopObservers();
            attachments.close();
            stopThreads();
            database.close();
            commits.close();
            directory.close();
        }
    }

    private void stopThreads() {
        transport.close();
        observerThreads.close();
        timers.close();
        workers.close();
        loop.close();
        syncs.close();
    }

    /** A task of the loop threw: an invariant is broken, and nothing after it can be trusted. */
    private void stopInstance(Throwable cause) {
        LOG.error("A broken invariant stops the database {}", options.databaseId(), cause);
        database.stop(cause);
    }

    private IbidException closedError() {
        return new IbidException(ErrorCode.STORE_CLOSED, "The database " + options.databaseId() + " is closed");
    }
}
