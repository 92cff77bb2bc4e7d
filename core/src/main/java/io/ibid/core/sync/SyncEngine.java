package io.ibid.core.sync;

import io.ibid.core.env.Env;
import io.ibid.core.env.Link;
import io.ibid.core.env.Logs;
import io.ibid.core.error.Ablation;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.settings.SyncScopes;
import io.ibid.core.store.Commit;
import io.ibid.core.store.Published;
import io.ibid.core.store.SidePut;
import io.ibid.core.store.SystemCollection;
import io.ibid.core.store.Writer;
import io.ibid.core.sync.wire.FaultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * All sync of one database: its sessions, the addresses it dials, its subscriptions, and what is known of its partners. Decides everything
 * that concerns more than one session. Loop only.
 */
public final class SyncEngine {
    private static final Logger log = Logs.of(SyncEngine.class);

    private static final long UNREADABLE_RETRY_MS = 10_000;

    private final SyncConfig config;
    private final Env env;
    private final Supplier<Published> published;
    private final Writer writer;
    private final ScopedAccess access;
    private final Ablation ablation;
    private final Scratch scratch;
    private final Subscriptions subscriptions;
    private final StatedSubscriptions stated;
    private final Partners partners;
    private final KnownTokens tokens = new KnownTokens();
    private final Penalties penalties = new Penalties();
    private final List<Session> sessions = new ArrayList<>();
    private final Admission admission;
    private final Renewals renewals;
    private final TombstoneLife tombstones;
    private final OwedDocuments owed = new OwedDocuments();
    private final Diallings diallings;
    private final Host host = new Host();
    private final List<SideChannel> sideChannels = new ArrayList<>();
    private boolean running;
    private boolean wantedChangeScheduled;

    /**
     * @param published the newest durable state; each call's result is closed by this engine
     * @param writer the queue for the writer turn
     * @param access who may have what
     * @param statements how statements of users are to be understood
     */
    public SyncEngine(
            SyncConfig config,
            Env env,
            Supplier<Published> published,
            Writer writer,
            Access access,
            Supplier<StatementOptions> statements,
            Ablation ablation) {
        this.config = config;
        this.env = env;
        this.published = published;
        this.writer = writer;
        this.access = new ScopedAccess(access);
        this.ablation = ablation;
        this.scratch = new Scratch(env.scratch(), env.offload());
        this.tombstones = new TombstoneLife(config.isServer(), config.tombstoneTtlHours());
        this.renewals = new Renewals(
                env.clock(),
                writer,
                () -> List.copyOf(sessions)
                        .forEach(session -> session.fail(FaultCode.BUSY, "this store goes on under a new id")));
        this.admission = new Admission(
                config.peerKey(),
                penalties,
                sessions,
                env.clock(),
                () -> renewals.request("another process runs under its device key"));
        this.diallings = new Diallings(env, this::connected);
        this.subscriptions = new Subscriptions(this::wantedChanged);
        try (Published now = published.get()) {
            this.partners = new Partners(env, published, now.acknowledgements(), this::rowsInput, this::save);
        }
        this.stated = new StatedSubscriptions(subscriptions, partners, env.timers(), statements);
        partners.show();
    }

    /** Lets something else travel on the links, from the next session on. */
    public void add(SideChannel channel) {
        sideChannels.add(channel);
    }

    /** Begins to dial and to accept. */
    public void start() {
        if (!running) {
            running = true;
            diallings.start();
            partners.changed();
        }
    }

    /** Ends all sessions and dials no more. Subscriptions and addresses are kept for the next {@link #start}. */
    public void stop() {
        if (running) {
            running = false;
            for (Session session : List.copyOf(sessions)) {
                session.fail(FaultCode.STOPPING, "the peer is stopping");
            }
            diallings.stop();
            partners.save();
            partners.changed();
        }
    }

    /** Keeps a connection to this address from now on. */
    public void connect(String address) {
        diallings.add(address);
    }

    /** Keeps no connection to this address any more. */
    public void disconnect(String address) {
        diallings.remove(address);
    }

    /** A partner has dialled us. */
    public Link.Handler accepted(Link link) {
        Session session = new Session(host, link, "");
        sessions.add(session);
        if (!running) {
            session.fail(FaultCode.STOPPING, "sync is stopped at this peer");
        }
        return session;
    }

    private Session connected(Link link, Dialling dialling) {
        Session session = new Session(host, link, dialling.address());
        sessions.add(session);
        return session;
    }

    /** A commit was published. In the order of commits. */
    public void onCommit(Commit commit) {
        for (Session session : List.copyOf(sessions)) {
            session.onCommit(commit);
        }
        partners.changed();
    }

    /** To whom this database sends which collections from now on. */
    public void restrictTo(SyncScopes scopes) {
        if (!scopes.equals(access.scopes())) {
            access.restrictTo(scopes);
            List.copyOf(sessions).forEach(Session::filterChanged);
        }
    }

    /** How many hours tombstones are to be kept from now on, 0 for ever; a server's time counts where it is less. */
    public void keepTombstonesFor(long hours) {
        tombstones.keepFor(hours);
    }

    /** How many hours they are kept in fact, 0 for ever. */
    public long tombstoneHours() {
        return tombstones.hours();
    }

    /** What this database wants of its partners. */
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    /**
     * Whether a tombstone may be forgotten as far as partners are concerned: whoever has a server keeps it until the server has it, and
     * nobody forgets what a session that is under way has not delivered yet.
     */
    public boolean mayForget(String collection, long commit) {
        return sessions.stream().allMatch(session -> session.hasDelivered(commit))
                && partners.serverHas(commit, access.scopes().of(collection).admits(true));
    }

    /** The times in {@code system:data_sync_info} are told in milliseconds from now on, or in seconds. */
    public void tellMilliseconds(boolean does) {
        partners.tellMilliseconds(does);
    }

    /** Any thread. How many documents of a collection are kept away from partners in the sessions that run. */
    public SortedMap<String, Long> causalGaps() {
        return partners.causalGaps();
    }

    /** {@code system:data_sync_info}, {@code system:sync_peers}, {@code system:sync_subscriptions}; any thread may ask for their rows. */
    public List<SystemCollection> systemCollections() {
        List<SystemCollection> collections = new ArrayList<>(partners.systemCollections());
        collections.add(stated);
        return collections;
    }

    /** Several changes of one moment are told together. */
    private void wantedChanged() {
        if (!wantedChangeScheduled) {
            wantedChangeScheduled = true;
            env.timers().after(0, () -> {
                wantedChangeScheduled = false;
                for (Session session : List.copyOf(sessions)) {
                    session.wantedChanged();
                }
                partners.changed();
            });
        }
    }

    private StatusRows.Input rowsInput() {
        try (Published now = published.get()) {
            return new StatusRows.Input(running, now.commitId(), List.copyOf(sessions), subscriptions.wanted());
        }
    }

    private void save(List<SidePut> rows) {
        writer.submit(head -> head.beside(rows), ignored -> {});
    }

    /** The sessions' view of the engine. */
    private final class Host implements SessionHost {

        @Override
        public SyncConfig config() {
            return config;
        }

        @Override
        public Env env() {
            return env;
        }

        @Override
        public Ablation ablation() {
            return ablation;
        }

        @Override
        public Access access() {
            return access;
        }

        @Override
        public Published published() {
            return published.get();
        }

        @Override
        public Writer writer() {
            return writer;
        }

        @Override
        public Scratch scratch() {
            return scratch;
        }

        @Override
        public KnownTokens tokens() {
            return tokens;
        }

        @Override
        public List<SubscriptionQuery> wanted() {
            return subscriptions.wanted();
        }

        @Override
        public void greeted(Session session, byte[] nonce) {
            Partner partner = partnerOf(session);
            admission.check(session, partner.peerKey(), nonce);
            if (!session.isEnded()) {
                diallings.greeted(session);
                partners.met(partner);
                tombstones.met(partner);
            }
        }

        @Override
        public void changed(Session session) {
            partners.changed();
        }

        @Override
        public void acknowledged(Session session, long commit) {
            partners.acknowledged(partnerOf(session), commit, session.hasDelivered(commit));
        }

        @Override
        public void withheld(Partner partner, String collection) {
            log.warn(
                    "documents of {} are kept from {}, who subscribes to them: their sync scope is {}",
                    collection,
                    partner.peerKey(),
                    access.scopes().of(collection).text());
        }

        @Override
        public OwedDocuments owed() {
            return owed;
        }

        @Override
        public List<SideChannel> sideChannels() {
            return sideChannels;
        }

        @Override
        public void blamed(Partner partner, String what) {
            partners.failed(partner, what);
        }

        @Override
        public void violated(Session session, String what) {
            Partner partner = session.partner();
            log.warn("{} broke the protocol and was cut: {}", nameOf(session), what);
            if (partner != null) {
                penalties.add(partner.peerKey(), what, env.clock().monotonicMs());
                partners.failed(partner, what);
            }
        }

        /** What is damaged concerns those who ask for it; everybody else is served as before. */
        @Override
        public void unreadable(Session session, IbidException cause) {
            if (cause.code() != ErrorCode.STORE_CORRUPT && cause.code() != ErrorCode.STORE_BACKEND) {
                throw cause;
            }
            log.error("{} cannot be served: {}", nameOf(session), cause.getMessage());
            session.fail(FaultCode.BUSY, "this peer cannot read its own store", UNREADABLE_RETRY_MS);
        }

        @Override
        public TombstoneLife tombstones() {
            return tombstones;
        }

        @Override
        public void forked(String why) {
            renewals.request(why);
        }

        @Override
        public void refused(Session session, FaultCode code, String text) {
            log.atLevel(code.needsSomebody() ? Level.WARN : Level.INFO)
                    .log("{} ended the session: {}", nameOf(session), text);
            Partner partner = session.partner();
            if (partner != null && code != FaultCode.DUPLICATE && code != FaultCode.STOPPING) {
                partners.failed(partner, text);
            }
        }

        @Override
        public void broken(Session session, String reason) {
            Partner partner = session.partner();
            if (partner != null && running) {
                partners.failed(partner, reason);
            }
        }

        @Override
        public void ended(Session session, String reason) {
            sessions.remove(session);
            Partner partner = session.partner();
            if (partner != null) {
                partners.left(session);
            }
            diallings.ended(session, reason);
            partners.changed();
        }

        private String nameOf(Session session) {
            Partner partner = session.partner();
            return partner == null
                    ? session.link().remoteAddress()
                    : partner.peerKey() + " (" + session.link().remoteAddress() + ")";
        }

        private Partner partnerOf(Session session) {
            Partner partner = session.partner();
            if (partner == null) {
                throw new AssertionError("a session without a partner");
            }
            return partner;
        }
    }
}
