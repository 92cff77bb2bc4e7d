package io.ibid.peer.transport;

import io.ibid.core.env.Link;
import io.ibid.core.env.Logs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * A connection as the core sees it. A reading and a writing virtual thread move frames; the methods of {@link Link} and all calls of the
 * handler are on the loop.
 *
 * <p>Both directions are bounded. What the core queues beyond {@link #QUEUED_BYTES_MAX} shows a partner that does not read: the
 * link is cut. Frames that the loop has not taken yet stop the reading thread at {@link #UNDELIVERED_BYTES_MAX}, and so, by TCP,
 * the partner.
 *
 * <p>Closing is in an order that lets the last frame (an ERROR, usually) arrive: write what is queued, end our stream, read until
 * the partner ends its own, only then close. A socket closed with unread bytes would reset the connection and take that frame with it.
 */
final class WireLink implements Link {
    private static final Logger log = Logs.of(WireLink.class);

    static final long QUEUED_BYTES_MAX = 16 << 20;
    static final int UNDELIVERED_BYTES_MAX = 4 << 20;
    private static final int GATHERED_BYTES_MAX = 64 << 10;
    private static final long FLUSH_MS = 2_000;
    private static final long LINGER_MS = 1_000;
    private static final Outgoing END = new Outgoing(new byte[0], false);

    private final Wire wire;
    private final boolean dialler;
    private final String remoteAddress;
    private final Executor loop;
    private final FrameCodec codec;
    private final Runnable onEnd;

    private final BlockingQueue<Outgoing> queue = new LinkedBlockingQueue<>();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicLong receivedBytes = new AtomicLong();
    private final Semaphore undelivered = new Semaphore(UNDELIVERED_BYTES_MAX);
    private final CountDownLatch written = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private @Nullable Handler handler;
    private boolean closing;
    private volatile @Nullable String reason;

    @SuppressWarnings("ArrayRecordComponent")
    private record Outgoing(byte[] frame, boolean compressible) {}

    WireLink(Wire wire, boolean dialler, Executor loop, int frameBytesMax, Runnable onEnd) {
        this.wire = wire;
        this.dialler = dialler;
        this.remoteAddress = wire.remoteAddress();
        this.loop = loop;
        this.codec = new FrameCodec(frameBytesMax);
        this.onEnd = onEnd;
    }

    /** Begins to read and write; the handler is told everything from now on. On the loop, once. */
    void start(Handler receiver) {
        handler = receiver;
        Thread.ofVirtual().name("ibid-write-" + remoteAddress).start(this::write);
        Thread.ofVirtual().name("ibid-read-" + remoteAddress).start(this::read);
    }

    @Override
    public void send(byte[] frame, boolean compressible) {
        if (closing) {
            return;
        }
        if (queuedBytes.addAndGet(frame.length) > QUEUED_BYTES_MAX) {
            cut("more than " + QUEUED_BYTES_MAX + " bytes wait to be sent: the partner does not read");
            return;
        }
        queue.add(new Outgoing(frame, compressible));
    }

    @Override
    public long queuedBytes() {
        return queuedBytes.get();
    }

    @Override
    public void close(String why) {
        if (closing) {
            return;
        }
        closing = true;
        if (reason == null) {
            reason = why;
        }
        queue.add(END);
        Thread.ofVirtual().name("ibid-close-" + remoteAddress).start(this::closeInOrder);
    }

    /** Ends the connection now, without flushing. Any thread. */
    void cut(String why) {
        if (reason == null) {
            reason = why;
        }
        try {
            wire.close();
        } catch (IOException notClosed) {
            log.warn("{}: the connection does not close: {}", remoteAddress, notClosed.getMessage());
        }
    }

    @Override
    public boolean isLoopback() {
        return wire.isLoopback();
    }

    @Override
    public String transport() {
        return wire.transport();
    }

    @Override
    public byte[] credential() {
        return wire.credential();
    }

    @Override
    public @Nullable String refusal(byte[] peerKey, boolean isServer, byte[] credential) {
        return wire.refusal(peerKey, isServer, credential);
    }

    @Override
    public String remoteAddress() {
        return remoteAddress;
    }

    @Override
    public boolean isDialler() {
        return dialler;
    }

    @Override
    public long sentBytes() {
        return sentBytes.get();
    }

    @Override
    public long receivedBytes() {
        return receivedBytes.get();
    }

    @SuppressWarnings("ReferenceEquality") // the end is one object
    private void write() {
        try {
            List<byte[]> gathered = new ArrayList<>();
            for (Outgoing first = queue.take(); first != END; first = queue.take()) {
                int length = 0;
                long taken = 0;
                for (Outgoing next = first; next != null; next = length < GATHERED_BYTES_MAX ? takeIfThere() : null) {
                    byte[] frame = next.compressible() ? codec.compress(next.frame()) : next.frame();
                    gathered.add(frame);
                    length += frame.length;
                    taken += next.frame().length;
                }
                sentBytes.addAndGet(wire.write(gathered));
                gathered.clear();
                if (queuedBytes.addAndGet(-taken) == 0) {
                    onLoop(this::drained);
                }
            }
        } catch (IOException failed) {
            cut(describe(failed));
        } catch (InterruptedException stopped) {
            cut("the writing thread was interrupted");
        } finally {
            written.countDown();
        }
    }

    @SuppressWarnings("ReferenceEquality") // the end is one object
    private @Nullable Outgoing takeIfThere() {
        return queue.peek() == END ? null : queue.poll();
    }

    private void drained() {
        if (handler != null && !closing) {
            handler.drained();
        }
    }

    private void read() {
        String end = "closed by the partner";
        try {
            for (byte[] frame = wire.read(); frame != null; frame = wire.read()) {
                receivedBytes.addAndGet(wire.bytesOf(frame));
                deliver(codec.expand(frame));
            }
        } catch (FrameException garbage) {
            log.warn("{}: {}; the connection is closed", remoteAddress, garbage.getMessage());
            end = garbage.getMessage();
        } catch (IOException failed) {
            end = describe(failed);
        } catch (InterruptedException stopped) {
            end = "the reading thread was interrupted";
        } finally {
            end(end);
        }
    }

    private void deliver(byte[] frame) throws InterruptedException {
        int permits = Math.min(frame.length, UNDELIVERED_BYTES_MAX);
        undelivered.acquire(permits);
        onLoop(() -> {
            undelivered.release(permits);
            if (handler != null && !closing) {
                handler.received(frame);
            }
        });
    }

    private void closeInOrder() {
        try {
            if (written.await(FLUSH_MS, TimeUnit.MILLISECONDS) && !wire.isClosed()) {
                wire.finish();
                ended.await(LINGER_MS, TimeUnit.MILLISECONDS);
            }
        } catch (IOException alreadyGone) {
            log.debug("{}: {}", remoteAddress, alreadyGone.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            cut("closed");
        }
    }

    private void end(@Nullable String why) {
        ended.countDown();
        cut(why == null ? "closed" : why);
        queue.add(END);
        onEnd.run();
        String told = reason == null ? "closed" : reason;
        onLoop(() -> {
            closing = true;
            if (handler != null) {
                handler.closed(told);
                handler = null;
            }
        });
    }

    private void onLoop(Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException loopHasStopped) {
            cut("the database is closed");
        }
    }

    private static String describe(IOException failed) {
        String message = failed.getMessage();
        return message == null ? failed.getClass().getSimpleName() : message;
    }
}
