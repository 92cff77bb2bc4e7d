package io.ibid.cli.processes;

import io.ibid.cli.demo.Cable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A cable that takes its time and can hold what is on it: bytes that one end has sent and the other has not been given are known, so a
 * test can kill a peer exactly while a unit is under way. Any thread.
 */
final class SlowCable implements AutoCloseable {
    /** Greetings aside, everything but the content of a unit (CHUNK) takes a few bytes: ACK, CREDIT, PING, the closing CUT. */
    private static final int CONTENT_BYTES_MIN = 512;

    private final Cable cable;
    private final AtomicLong contentUnderWay = new AtomicLong();
    private volatile int delayMsMax;
    private volatile boolean held;
    private volatile boolean cut;

    /** Leads nowhere, and turns diallers away, until it {@link #leadTo leads} somewhere and is {@link #mend mended}. */
    SlowCable(String name) {
        cable = new Cable(name, "127.0.0.1:1", this::forward);
        cut();
    }

    void leadTo(String address) {
        cable.leadTo(address);
    }

    /** The address to dial. */
    String address() {
        return cable.address();
    }

    /** Bytes of both directions since the start. */
    long bytes() {
        return cable.bytes();
    }

    /** From now on bytes arrive up to so many milliseconds late, each piece by its own chance. */
    void delay(int delayMsMax) {
        this.delayMsMax = delayMsMax;
    }

    /** Lets nothing through, and breaks nothing, until {@link #release}. */
    void hold() {
        held = true;
    }

    void release() {
        held = false;
    }

    /** Bytes of units that were sent and not delivered. Exact while held. */
    long contentUnderWay() {
        return contentUnderWay.get();
    }

    /** How many links were made since the start, those that broke included. */
    int links() {
        return cable.links();
    }

    void cut() {
        cut = true;
        cable.cut();
    }

    void mend() {
        cut = false;
        cable.mend();
    }

    @Override
    public void close() {
        cut = true;
        cable.close();
    }

    private void forward(byte[] buffer, int length, OutputStream out) throws IOException {
        int content = length >= CONTENT_BYTES_MIN ? length : 0;
        contentUnderWay.addAndGet(content);
        try {
            int delayMs = delayMsMax;
            pause(delayMs == 0 ? 0 : ThreadLocalRandom.current().nextInt(delayMs + 1));
            while (held) {
                pause(1);
                if (cut) {
                    throw new IOException("the cable was cut");
                }
            }
            out.write(buffer, 0, length);
        } finally {
            contentUnderWay.addAndGet(-content);
        }
    }

    private static void pause(int ms) throws IOException {
        try {
            if (ms > 0) {
                Thread.sleep(ms);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
