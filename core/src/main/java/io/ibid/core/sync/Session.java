package io.ibid.core.sync;

import io.ibid.core.env.Link;
import io.ibid.core.env.Logs;
import io.ibid.core.env.Timers;
import io.ibid.core.error.IbidException;
import io.ibid.core.store.Commit;
import io.ibid.core.store.DocumentKey;
import io.ibid.core.sync.wire.FaultCode;
import io.ibid.core.sync.wire.FrameReader;
import io.ibid.core.sync.wire.FrameWriter;
import io.ibid.core.sync.wire.Message;
import io.ibid.core.sync.wire.ProtocolException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * One link to one partner: the greeting, the frames, the heartbeat of the link, and two independent directions. A state machine: frames,
 * timers and commits go in, frames come out; loop only.
 *
 * <p>A partner that breaks the protocol gets an ERROR that names what it did, and the link is closed; no other session notices.
 */
final class Session implements Link.Handler {
    private static final Logger log = Logs.of(Session.class);

    static final long FORGET_AFTER_MS = 10_000;
    private static final long DENIED_RETRY_MS = 1_000;

    private static final int FRAME_BYTES = 16 << 10;
    private static final int CHUNK_BYTES_MAX = 16 << 10;

    private final SessionHost host;
    private final Link link;
    private final FrameWriter out;
    private final FrameReader in = new FrameReader();
    private final Greeting greeting;
    private final LinkWatch linkWatch;
    private final SideTalk sideTalk = new SideTalk();
    private final String dialled;

    private @Nullable Partner partner;
    private @Nullable Directions directions;
    private boolean compresses;
    private boolean ended;
    private boolean duplicate;
    private long retryAfterMs;
    private boolean closed;
    private Timers.@Nullable Timer watch;

    /**
     * Greets the partner.
     *
     * @param dialled the address that was dialled; empty when the partner dialled
     */
    Session(SessionHost host, Link link, String dialled) {
        this.host = host;
        this.link = link;
        this.dialled = dialled;
        this.greeting = new Greeting(host, link);
        this.out = new FrameWriter(greeting.hlc());
        this.linkWatch = new LinkWatch(now());
        event(() -> {
            send(greeting.hello());
            watch();
        });
    }

    // ---- events

    /** Runs what an event causes, sends what came of it, and ends the session when the partner was found to break the protocol. */
    void event(Runnable body) {
        if (ended) {
            return;
        }
        try {
            body.run();
            flush();
        } catch (ProtocolException e) {
            fail(e.fault(), String.valueOf(e.getMessage()));
            if (e.fault().isViolation()) {
                host.violated(this, String.valueOf(e.getMessage()));
            }
        } catch (IbidException e) {
            host.unreadable(this, e);
        }
    }

    @Override
    public void received(byte[] frame) {
        event(() -> {
            linkWatch.received(now());
            if (SideTalk.isAside(frame)) {
                sideTalk.received(frame);
                return;
            }
            in.open(frame);
            for (Message message = in.next(); message != null && !ended; message = in.next()) {
                on(message);
            }
        });
    }

    @Override
    public void drained() {
        event(() -> {
            if (directions != null) {
                directions.supply().wake();
            }
            sideTalk.drained();
        });
    }

    @Override
    public void closed(String reason) {
        if (closed) {
            return;
        }
        closed = true;
        if (!ended) {
            host.broken(this, reason);
        }
        end();
        host.ended(this, reason);
    }

    /** A commit was published. */
    void onCommit(Commit commit) {
        event(() -> {
            if (directions != null) {
                directions.onCommit(commit);
            }
        });
    }

    /** What this side lets through has changed. */
    void filterChanged() {
        event(() -> {
            if (directions != null) {
                directions.supply().filterChanged();
            }
        });
    }

    /** The set of subscriptions has changed. */
    void wantedChanged() {
        event(() -> {
            if (directions != null) {
                directions.receive().wantedChanged();
            }
        });
    }

    // ---- messages

    private void on(Message message) {
        log.trace("{} says {}", link.remoteAddress(), message);
        if (message instanceof Message.Hello hello) {
            greet(hello);
            return;
        }
        if (message instanceof Message.Ping ping) {
            if (!ping.isAnswer()) {
                send(new Message.Ping(true, ping.echo()));
            }
            return;
        }
        if (message instanceof Message.Fault fault) {
            duplicate = fault.code() == FaultCode.DUPLICATE;
            retryAfterMs = fault.code() == FaultCode.DENIED
                    ? Math.max(DENIED_RETRY_MS, fault.retryAfterMs())
                    : fault.retryAfterMs();
            host.refused(this, fault.code(), fault.text());
            end("the partner ended the session: " + fault.code().name().toLowerCase(Locale.ROOT) + ": " + fault.text());
            return;
        }
        if (directions == null) {
            throw new ProtocolException(message.label() + " before HELLO");
        }
        directions.on(message);
    }

    private void greet(Message.Hello hello) {
        Partner greeted = greeting.partner(hello);
        partner = greeted;
        host.greeted(this, hello.nonce());
        if (ended) {
            return;
        }
        compresses = greeting.compresses(hello);
        SessionKey key = greeting.key(hello, link.isDialler());
        Directions both = new Directions(
                new SupplySide(host, this, greeted, key, out.lane(0)), new ReceiveSide(host, this, greeted, key));
        directions = both;
        both.receive().start();
        sideTalk.begin(host, this, greeted);
        host.changed(this);
    }

    /** The partner is behind on these documents: sends what it lacks, whatever it subscribes to. */
    void owe(List<Message.Wanted> behind) {
        if (directions != null) {
            directions.supply().owe(behind);
        }
    }

    /** The partner shall be sent these documents, whatever it subscribes to. */
    void offer(List<DocumentKey> documents) {
        if (directions != null) {
            directions.supply().offer(documents);
        }
    }

    /** Queues a message; it leaves when the event has been dealt with. */
    void send(Message message) {
        if (ended) {
            return;
        }
        out.add(message);
        if (out.size() >= FRAME_BYTES) {
            flush();
        }
    }

    private void flush() {
        if (out.size() > 0 && !ended) {
            link.send(out.take(), compresses);
        }
    }

    int chunkBytesMax() {
        return CHUNK_BYTES_MAX;
    }

    long queuedBytes() {
        return link.queuedBytes();
    }

    // ---- the link's own heartbeat

    /** Looks at the link: says what is to be done, and when to look again. */
    private void watch() {
        SupplySide supplying = supply();
        LinkWatch.Verdict verdict = linkWatch.look(now(), partner != null, supplying != null && supplying.isResumed());
        if (supplying != null && supplying.isQuiet() && !out.isForgotten() && out.size() == 0) {
            out.forget();
        }
        switch (verdict) {
            case LinkWatch.Verdict.Rude rude -> throw new ProtocolException(rude.what());
            case LinkWatch.Verdict.Dead dead -> {
                host.broken(this, dead.what());
                end(dead.what());
            }
            case LinkWatch.Verdict.Fine fine -> {
                if (fine.asks()) {
                    send(new Message.Ping(false, now()));
                }
                watch = host.env().timers().after(fine.againMs(), () -> event(this::watch));
            }
        }
    }

    // ---- the end

    /** Ends the session with an ERROR. */
    void fail(FaultCode code, String text) {
        fail(code, text, 0);
    }

    /** Ends the session with an ERROR that asks not to come back for a while. */
    void fail(FaultCode code, String text, long retryAfterMs) {
        if (ended) {
            return;
        }
        log.atLevel(code.needsSomebody() ? Level.WARN : Level.INFO)
                .log("{}: session ended: {}", link.remoteAddress(), text);
        duplicate = code == FaultCode.DUPLICATE;
        out.add(new Message.Fault(code, text, retryAfterMs));
        flush();
        end(code.name().toLowerCase(Locale.ROOT) + ": " + text);
    }

    /** Ends the session without a word. */
    void end(String reason) {
        if (!ended) {
            end();
            link.close(reason);
        }
    }

    private void end() {
        ended = true;
        if (watch != null) {
            watch.cancel();
        }
        if (directions != null) {
            directions.close();
        }
        sideTalk.close();
    }

    boolean isEnded() {
        return ended;
    }

    // ---- for the engine

    Link link() {
        return link;
    }

    byte[] nonce() {
        return greeting.nonce();
    }

    /** Whether it ended in favour of another link to the same partner. */
    boolean isDuplicate() {
        return duplicate;
    }

    /** How long the partner asked us to stay away. */
    long retryAfterMs() {
        return retryAfterMs;
    }

    /** The address that was dialled; empty when the partner dialled. */
    String dialled() {
        return dialled;
    }

    @Nullable
    Partner partner() {
        return partner;
    }

    /** Whether the partner has what it may have up to the commit, or will be asked about it when it resumes. */
    boolean hasDelivered(long commit) {
        return directions == null || directions.supply().hasDelivered(commit);
    }

    @Nullable
    SupplySide supply() {
        return directions == null ? null : directions.supply();
    }

    @Nullable
    ReceiveSide receive() {
        return directions == null ? null : directions.receive();
    }

    /** Both sides have said HELLO and neither has ended the session. */
    boolean isConnected() {
        return directions != null && !ended;
    }

    private long now() {
        return host.env().clock().monotonicMs();
    }
}
