package io.ibid.cli.processes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Looks at one peer again and again, through its death and from its first answer on, for a transaction of which only a part is visible. */
final class HalfWatch {
    private static final long PAUSE_MS = 40;

    private final Supplier<Endpoint> endpoint;
    private final String collection;
    private final List<String> halves = new ArrayList<>();
    private final Thread thread;
    private int looks;
    private volatile boolean stopped;

    HalfWatch(Supplier<Endpoint> endpoint, String collection) {
        this.endpoint = endpoint;
        this.collection = collection;
        this.thread = Thread.ofPlatform().name("watch").start(this::run);
    }

    private void run() {
        try {
            while (!stopped) {
                try {
                    halves.addAll(Contents.of(endpoint.get(), collection).halves());
                    looks++;
                } catch (IOException processIsDown) {
                    Thread.sleep(PAUSE_MS); // and look again: the next one may be up
                }
                Thread.sleep(PAUSE_MS);
            }
        } catch (Throwable e) { // shown by halves(): a watch that has died saw nothing
            halves.add("the watch failed: " + e);
        }
    }

    /** How often it has looked. After the end. */
    int looks() {
        return looks;
    }

    /** What it saw in part. After the end. */
    List<String> halves() {
        return halves;
    }

    void end() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
