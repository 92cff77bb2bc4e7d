package io.ibid.core.database.requests;

import io.ibid.core.env.Clock;
import io.ibid.core.env.Logs;
import io.ibid.core.env.Randomness;
import io.ibid.core.settings.Catalogue;
import io.ibid.core.settings.Parameters;
import io.ibid.core.store.SystemCollection;
import io.ibid.core.value.ByteReader;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The requests of one database: those that run, and of those that ran the ones that {@code dql_request_history_qualifiers} names. */
public final class Requests {
    private static final Logger LOG = Logs.of(Requests.class);

    private final String databaseId;
    private final Clock clock;
    private final Parameters parameters;
    private final long idHigh;
    private final long idLow;
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong completed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final ConcurrentHashMap<Long, Request> active = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, Request> history = new ConcurrentSkipListMap<>();
    private final AtomicLong kept = new AtomicLong();

    public Requests(String databaseId, Clock clock, Randomness randomness, Parameters parameters) {
        this.databaseId = databaseId;
        this.clock = clock;
        this.parameters = parameters;
        byte[] id = new byte[16];
        randomness.fill(id);
        ByteReader reader = new ByteReader(id, 0, id.length);
        this.idHigh = reader.fixed64();
        this.idLow = reader.fixed64();
    }

    /**
     * A statement is about to be prepared and run.
     *
     * @param requestType {@code SDK} or {@code http_api}
     */
    public Request begin(String text, String requestType) {
        Request request =
                new Request(this, begun.incrementAndGet(), text, requestType, clock.wallMs(), clock.nanoTime());
        active.put(request.number(), request);
        return request;
    }

    /** How many run now. */
    public long active() {
        return active.size();
    }

    /** How many have ended, failed ones included. */
    public long completed() {
        return completed.get();
    }

    /** How many have failed. */
    public long failed() {
        return failed.get();
    }

    String databaseId() {
        return databaseId;
    }

    long nanoTime() {
        return clock.nanoTime();
    }

    /** A UUID that no other request of any database has. */
    String idOf(long number) {
        long high = (idHigh & ~0xF000L) | 0x4000L;
        long low = ((idLow + number) & ~(3L << 62)) | (2L << 62);
        return new UUID(high, low).toString();
    }

    /** Takes the request off the active ones; tells why it is kept, null when it is not. */
    @Nullable
    String ended(Request request, long elapsedNs, boolean isFailed) {
        active.remove(request.number());
        completed.incrementAndGet();
        if (isFailed) {
            failed.incrementAndGet();
        }
        String qualifier = parameters
                .current()
                .get(Catalogue.DQL_REQUEST_HISTORY_QUALIFIERS)
                .qualifier(TimeUnit.NANOSECONDS.toMillis(elapsedNs), isFailed);
        if (qualifier != null) {
            history.put(request.number(), request);
            kept.incrementAndGet();
            long room = parameters.current().get(Catalogue.DQL_REQUEST_HISTORY_SIZE);
            while (kept.get() > room && history.pollFirstEntry() != null) {
                kept.decrementAndGet();
            }
        }
        return qualifier;
    }

    boolean isSlow(long elapsedNs) {
        long seconds = parameters.current().get(Catalogue.DQL_SLOW_REQUEST_WARN_SECONDS);
        return seconds > 0 && elapsedNs >= TimeUnit.SECONDS.toNanos(seconds);
    }

    void tellSlow(Request request, long elapsedNs, boolean hasEnded) {
        LOG.warn(
                "A slow statement {} for {} ms: {}",
                hasEnded ? "ran" : "has been running",
                TimeUnit.NANOSECONDS.toMillis(elapsedNs),
                request.text());
    }

    /** The system collections of the requests. */
    public List<SystemCollection> systemCollections() {
        return List.of(new Active(), new History());
    }

    private final class Active implements SystemCollection {
        @Override
        public String name() {
            return "active_requests";
        }

        @Override
        public List<Value.Struct> rows() {
            List<Request> requests = new ArrayList<>(active.values());
            requests.sort((a, b) -> Long.compare(a.number(), b.number()));
            return requests.stream().map(Request::shown).toList();
        }
    }

    private final class History implements SystemCollection {
        @Override
        public String name() {
            return "request_history";
        }

        @Override
        public List<Value.Struct> rows() {
            return history.values().stream().map(Request::shown).toList();
        }

        @Override
        public boolean delete(DocumentId id) {
            for (Map.Entry<Long, Request> entry : history.entrySet()) {
                if (id.value().equals(Value.of(entry.getValue().id()))) {
                    boolean removed = history.remove(entry.getKey()) != null;
                    kept.addAndGet(removed ? -1 : 0);
                    return removed;
                }
            }
            return false;
        }
    }
}
