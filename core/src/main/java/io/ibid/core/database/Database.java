package io.ibid.core.database;

import io.ibid.core.attachment.Attachments;
import io.ibid.core.database.requests.Request;
import io.ibid.core.database.requests.Requests;
import io.ibid.core.database.requests.StatementUsage;
import io.ibid.core.env.Env;
import io.ibid.core.env.Logs;
import io.ibid.core.error.Ablation;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.live.LiveQueries;
import io.ibid.core.live.LiveQuery;
import io.ibid.core.query.LiveSelect;
import io.ibid.core.query.Statement;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.settings.Catalogue;
import io.ibid.core.settings.ParameterValues;
import io.ibid.core.settings.Parameters;
import io.ibid.core.store.BlobTable;
import io.ibid.core.store.Change;
import io.ibid.core.store.Commit;
import io.ibid.core.store.Decided;
import io.ibid.core.store.Decision;
import io.ibid.core.store.Need;
import io.ibid.core.store.Published;
import io.ibid.core.store.ReadSettings;
import io.ibid.core.store.Reaper;
import io.ibid.core.store.Store;
import io.ibid.core.store.Writer;
import io.ibid.core.sync.Access;
import io.ibid.core.sync.StoredTokens;
import io.ibid.core.sync.SyncEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One open database. Methods say where they may be called: on the loop, by the holder of the writer turn, or by any thread.
 *
 * <p>A failed write or sync leaves it unknown what the disk holds. The database then stays readable at the published snapshot and
 * refuses every write with {@code store/backend} until it is opened again.
 */
public final class Database implements Writer {
    private static final Logger LOG = Logs.of(Database.class);

    private final Env env;
    private final Store store;
    private final Parameters parameters;
    private final StatementCache statements;
    private final Requests requests;
    private final WriterTurn turn;
    private final TransactionWatch watch;
    private final CommitPipeline pipeline;
    private final LiveQueries liveQueries;
    private final SyncEngine sync;
    private final Attachments attachments;
    private final DatabaseConfig config;
    private final Housekeeping housekeeping;
    private final Indexing indexing;
    private final boolean sendsEarly;
    private final boolean showsEarly;
    private @Nullable Published early;
    private final List<Consumer<Commit>> listeners = new ArrayList<>();
    private ReadSettings observed;
    private volatile StatementSettings settings;
    private volatile @Nullable Throwable broken;

    /** Opens or creates the database on the environment's durable storage. Blocks; before the loop runs. */
    public Database(Env env, DatabaseConfig config) {
        this.env = env;
        this.store = Store.open(env.durable(), config.identity(), env.clock(), env.randomness(), config.ablation());
        long batchBytes = config.sync().unitBytesMax();
        store.limitBatches(batchBytes);
        store.spillTo(env.scratch(), batchBytes / 2);
        this.parameters = config.parameters();
        this.settings = StatementSettings.of(parameters.current());
        this.observed = settings.reading();
        this.statements = new StatementCache(() -> parameters.current().get(Catalogue.DQL_STATEMENT_CACHE_SIZE));
        this.turn = new WriterTurn(env.clock());
        this.watch = new TransactionWatch(turn, env.clock(), env.timers(), parameters);
        this.pipeline = new CommitPipeline(env.durable(), env.syncs(), publisher(), this::breakDown);
        this.liveQueries = new LiveQueries(
                env.timers(),
                env.offload(),
                store::published,
                () -> settings().reading(),
                () -> parameters.current().get(Catalogue.LIVE_QUERY_SYSTEM_COLLECTION_REFRESH_INTERVAL));
        this.showsEarly = config.ablation().has(Ablation.Switch.OBSEARLY);
        this.sendsEarly = config.ablation().has(Ablation.Switch.EARLYSEND);
        this.sync = new SyncEngine(
                config.sync(),
                env,
                this::forSessions,
                this,
                Access.ALL,
                () -> settings().options(),
                config.ablation());
        this.requests = new Requests(config.identity().databaseId(), env.clock(), env.randomness(), parameters);
        sync.systemCollections().forEach(store::register);
        requests.systemCollections().forEach(store::register);
        store.register(statements.systemCollection());
        this.attachments = new Attachments(
                env,
                new BlobTable(env.durable()),
                this::forSessions,
                this,
                () -> parameters.current().get(Catalogue.ENABLE_ATTACHMENT_PERMISSION_CHECKS));
        sync.add(new AttachmentChannel(attachments));
        parametersChanged();
        this.config = config;
        this.housekeeping = new Housekeeping(
                env.timers(), this, this::reaper, () -> parameters.current().get(Catalogue.DAYS_BETWEEN_REAPING));
        housekeeping.start();
        if (!config.sync().isServer()) {
            attachments.collect();
        }
        this.indexing = new Indexing(this);
    }

    /** Loop. CREATE INDEX, DROP INDEX, and what of them is done in the background. */
    public Indexing indexing() {
        return indexing;
    }

    /** Loop. Sessions, subscriptions and addresses. Not started yet. */
    public SyncEngine sync() {
        return sync;
    }

    /** Loop. The contents of attachments. */
    public Attachments attachments() {
        return attachments;
    }

    private Published forSessions() {
        return early == null ? store.published() : early.acquire();
    }

    /** The store, for reading. */
    public Store store() {
        return store;
    }

    /** Any thread. The newest durable snapshot, acquired; the caller closes it. */
    public Published published() {
        return store.published();
    }

    public String databaseId() {
        return config.identity().databaseId();
    }

    /** Any thread. The system parameters. */
    public Parameters parameters() {
        return parameters;
    }

    /** Loop. ALTER SYSTEM has changed parameters: tells those who do not ask for themselves. */
    public void parametersChanged() {
        ParameterValues values = parameters.current();
        sync.restrictTo(values.get(Catalogue.USER_COLLECTION_SYNC_SCOPES));
        sync.keepTombstonesFor(DatabaseConfig.tombstoneHours(values));
        sync.tellMilliseconds(values.get(Catalogue.DATA_SYNC_INFO_TIME_UNIT).equals("ms"));
        ReadSettings reading = settings().reading();
        if (!reading.equals(observed)) {
            observed = reading;
            liveQueries.readingChanged();
        }
    }

    /** Any thread. What the parameters in force mean for a statement that begins now. */
    public StatementSettings settings() {
        StatementSettings known = settings;
        ParameterValues values = parameters.current();
        if (known.values() != values) {
            known = StatementSettings.of(values);
            settings = known;
        }
        return known;
    }

    /** Any thread. */
    public Statement prepare(String text, StatementOptions options) {
        return statements.prepare(text, options).statement();
    }

    /** Any thread. Prepares the statement of a request. */
    public Statement prepare(Request request, String text, StatementOptions options) {
        StatementUsage usage = statements.prepare(text, options);
        request.prepared(usage.statement().kind().queryType(), usage);
        return usage.statement();
    }

    /** Any thread. The statements that run and ran. */
    public Requests requests() {
        return requests;
    }

    /** Loop. A transaction that only reads begins; the result is called when it ends. The log tells of it when it stays open for long. */
    public Runnable watchReading(String who) {
        TransactionWatch.Reading reading = watch.reading(who);
        return () -> watch.ended(reading);
    }

    /** Any thread. Queues for the writer turn; {@link Write#granted} or, when another holder has run the decision, only {@link Write#done} follows. */
    public void request(Write write) {
        turn.request(write);
        watch.writing();
    }

    /** Holder. Performs the write and then, back to back, those behind it that may be run in passing. {@link #release} follows. */
    public void serve(Write granted, Serving serving) {
        Write write = granted;
        while (write != null) {
            Write performed = write;
            Turn outcome = perform(performed.decision());
            write = turn.take();
            serving.performed(() -> settle(outcome, performed::done), performed == granted && write == null);
        }
    }

    /** Holder, when the loop has got everything that it performed. Gives the turn to the next in the queue. */
    public void release() {
        turn.release();
    }

    /** Holder. Decides and writes one change, without waiting for the disk. */
    private Turn perform(Decision decision) {
        Throwable cause = broken;
        if (cause != null) {
            return new Turn.Failed(new IbidException(
                    ErrorCode.STORE_BACKEND,
                    "The database is read-only since its storage failed (" + cause.getMessage()
                            + "); open it again to write",
                    cause));
        }
        try {
            return switch (decision.decide(store.head())) {
                case Need need -> new Turn.Refused(need);
                case Change change -> write(change);
            };
        } catch (
                Throwable
                        e) { // a statement's error, an application's callback, a broken invariant: its writer hears of
            // it
            return new Turn.Failed(e);
        }
    }

    private Turn write(Change change) {
        try {
            @Nullable Commit commit = store.write(change);
            if (change instanceof Change.Indexing || change instanceof Change.Renewal) {
                return new Turn.Changed(store.written().acquire());
            }
            return new Turn.Written(
                    change, commit, commit == null ? store.head().commitId() : commit.id());
        } catch (RuntimeException | Error e) { // half a batch is never written, but whether this one was is unknown
            breakDown(e);
            return new Turn.Failed(e);
        }
    }

    /** Loop, in the order of performing. {@code done} is called on the loop once the outcome is durable and published. */
    private void settle(Turn outcome, Consumer<Decided> done) {
        switch (outcome) {
            case Turn.Written(Change change, Commit commit, long headCommit) -> {
                if (commit == null && config.ablation().has(Ablation.Switch.SAMEACK)) {
                    done.accept(new Decided.NothingToDo(headCommit));
                } else if (commit == null) {
                    pipeline.after(headCommit, !change.equals(Change.NOTHING), done);
                } else {
                    showEarly(commit);
                    pipeline.written(commit, done);
                }
            }
            case Turn.Changed(Published state) -> pipeline.changed(state, done);
            case Turn.Refused(Need need) -> done.accept(new Decided.Needed(need));
            case Turn.Failed(Throwable cause) -> done.accept(new Decided.Failed(cause));
        }
    }

    @Override
    public void submit(Decision decision, Consumer<Decided> done) {
        request(new OffloadedWrite(this, env.offload(), decision, false, done));
    }

    /** Any thread. As {@link #submit}, for a short decision: a holder of the turn may run it in passing. */
    public void submitShared(Decision decision, Consumer<Decided> done) {
        request(new OffloadedWrite(this, env.offload(), decision, true, done));
    }

    /** Loop. Observes a SELECT; the listener's first call comes as soon as there is a result. */
    public LiveQuery observe(LiveSelect select, LiveQuery.Listener listener) {
        return liveQueries.observe(select, listener);
    }

    /** Any thread. The database is about to close: what observers wait for ends soon. */
    public void stopObservers() {
        liveQueries.stop();
    }

    /** Loop. Tells of every commit from now on, in order, once it is published; it is open during the call. */
    public void listen(Consumer<Commit> listener) {
        listeners.add(listener);
    }

    private Reaper reaper() {
        return new Reaper(config.forgetting(sync.tombstoneHours()), sync::mayForget, StoredTokens::evictionsToldUpTo);
    }

    private CommitPipeline.Publisher publisher() {
        return new CommitPipeline.Publisher() {
            @Override
            public void publish(Commit commit) {
                Database.this.publish(commit);
            }

            @Override
            public void show(Published state) {
                store.show(state);
            }
        };
    }

    private void publish(Commit commit) {
        store.publish(commit);
        if (!showsEarly) {
            liveQueries.onCommit(commit);
        }
        listeners.forEach(listener -> listener.accept(commit));
        if (!sendsEarly) {
            sync.onCommit(commit);
        }
    }

    /** Ablations EARLYSEND and OBSEARLY: sessions, or observers, see what is not durable yet. */
    private void showEarly(Commit commit) {
        if (showsEarly) {
            liveQueries.onCommit(commit);
        }
        if (sendsEarly) {
            Published last = early;
            early = commit.after().acquire();
            if (last != null) {
                last.close();
            }
            sync.onCommit(commit);
        }
    }

    private void breakDown(Throwable cause) {
        if (broken == null) {
            broken = cause;
            LOG.error("The storage failed; the database is read-only until it is opened again", cause);
        }
    }

    /** Any thread. An invariant is broken: nothing is written from now on. */
    public void stop(Throwable cause) {
        breakDown(cause);
    }

    /** After the loop has ended. Writes that still wait for the turn fail. */
    public void close() {
        IbidException closed = new IbidException(ErrorCode.STORE_CLOSED, "The database was closed");
        turn.close(write -> write.done(new Decided.Failed(closed)));
        if (early != null) {
            early.close();
        }
        store.close();
    }
}
