package io.ibid.peer.runtime;

import io.ibid.core.database.Database;
import io.ibid.core.query.SubscriptionQuery;
import io.ibid.peer.transport.PeerAddress;
import io.ibid.peer.transport.ServerAddress;
import io.ibid.peer.transport.Transport;
import io.ibid.peer.transport.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Sync of one open database from outside: ports, addresses, subscriptions, on and off. Any thread but the loop's. */
final class SyncControl {
    private final Database database;
    private final Loop loop;
    private final Transport transport;
    private final List<Transport.Listener> listeners = new ArrayList<>();
    private boolean active;

    SyncControl(Database database, Loop loop, Transport transport) {
        this.database = database;
        this.loop = loop;
        this.transport = transport;
    }

    /**
     * Opens the ports, then dials. Nothing was sent or received before. No effect while active.
     *
     * @throws io.ibid.core.error.IbidException when a port cannot be opened; nothing stays open then
     */
    synchronized void start(List<String> listen, List<String> connect) {
        if (active) {
            return;
        }
        List<String> dialled = connect.stream().map(SyncControl::address).toList();
        try {
            for (String address : listen) {
                listeners.add(transport.listen(
                        PeerAddress.parse(address), link -> database.sync().accepted(link)));
            }
        } catch (RuntimeException e) {
            closeListeners();
            throw e;
        }
        active = true;
        onLoop(() -> {
            dialled.forEach(address -> database.sync().connect(address));
            database.sync().start();
        });
    }

    private static String address(String text) {
        return ServerAddress.isUrl(text)
                ? ServerAddress.parse(text).toString()
                : PeerAddress.parse(text).toString();
    }

    /** A connection that something else has accepted. */
    void attach(Wire wire) {
        transport.attach(wire, link -> database.sync().accepted(link));
    }

    /** Ends all sessions and closes the ports; subscriptions stay for the next start. Idempotent. */
    synchronized void stop() {
        if (active) {
            active = false;
            closeListeners();
            onLoop(() -> database.sync().stop());
        }
    }

    synchronized boolean isActive() {
        return active;
    }

    /** The addresses of the open ports, with the ports that were chosen where 0 was asked for. */
    synchronized List<String> listening() {
        return listeners.stream().map(listener -> listener.address().toString()).toList();
    }

    /** Lets parameters that were set take effect on the sessions, before this returns. */
    void parametersChanged() {
        onLoop(database::parametersChanged);
    }

    Subscription subscribe(SubscriptionQuery query) {
        loop.execute(() -> database.sync().subscriptions().add(query));
        return new Subscription(
                () -> loop.execute(() -> database.sync().subscriptions().remove(query)));
    }

    private void closeListeners() {
        listeners.forEach(Transport.Listener::close);
        listeners.clear();
    }

    /** Runs the task on the loop and waits for its end, so that start and stop have taken effect when they return. */
    private void onLoop(Runnable task) {
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            try {
                task.run();
            } finally {
                done.countDown();
            }
        });
        boolean interrupted = false;
        while (done.getCount() > 0) {
            try {
                done.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
