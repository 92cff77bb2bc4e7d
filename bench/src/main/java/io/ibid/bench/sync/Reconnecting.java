package io.ibid.bench.sync;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A peer that has everything of a supplier, behind a slow tap, and leaves and comes back. */
final class Reconnecting implements AutoCloseable {

    private static final long DELAY_MS = 50;
    private static final long QUIET_MS = 2_000;

    private final Tap tap;
    private final ReceiverProcess receiver;
    private List<Tap.Frame> frames = List.of();

    Reconnecting(Path folder, Supplier supplier) throws IOException, InterruptedException {
        tap = new Tap(supplier.address(), DELAY_MS);
        receiver = new ReceiverProcess();
        receiver.open(folder, tap.address());
        receiver.sync(supplier.ids().size());
        tap.awaitQuiet(QUIET_MS);
    }

    void leave() throws IOException, InterruptedException {
        receiver.stop();
        tap.awaitQuiet(3 * DELAY_MS);
    }

    /** A new session, until it is silent; gives bytes. */
    double comeBack() throws IOException, InterruptedException {
        tap.clear();
        receiver.start();
        Thread.sleep(QUIET_MS);
        tap.awaitQuiet(QUIET_MS);
        frames = tap.frames();
        return tap.bytes();
    }

    /** Of the last {@link #comeBack}: a request and its answer are one round trip. */
    double roundTrips() {
        return frames.stream().mapToInt(Tap.Frame::turn).max().orElse(0) / 2.0;
    }

    @Override
    public void close() throws IOException {
        receiver.close();
        tap.close();
    }
}
