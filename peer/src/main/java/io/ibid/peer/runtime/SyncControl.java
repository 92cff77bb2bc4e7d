package io.ibid.peer.runtime;

import io.ibid.core.database.Database;
import io.ibid.core.query.SubscriptionQuery;
import io.ibid.peer.transport.PeerAddress;
import io.ibid.peer.transport.ServerAddress;
import io.ibid.peer.transport.Transport;
import io.ibid.peer.transport.Wire;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** Sync of one open database from outside: ports, addresses, subscriptions, on and off. Any thread but the loop's. */
final class SyncControl {
    private final Database database;
    private final Loop loop;
    private final Transport transport;
    private final ConnectionGate gate;
    private final Map<String, Transport.Listener> listeners = new LinkedHashMap<>();
    private final Set<String> dialled = new LinkedHashSet<>();
    private boolean active;

    SyncControl(Database database, Loop loop, Transport transport, ConnectionGate gate) {
        this.database = database;
        this.loop = loop;
        this.transport = transport;
        this.gate = gate;
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
        List<String> addresses = normalized(connect);
        try {
            new LinkedHashSet<>(listen).forEach(this::open);
        } catch (RuntimeException e) {
            closeListeners();
            throw e;
        }
        active = true;
        onLoop(() -> {
            dial(addresses);
            database.sync().start();
        });
    }

    /**
     * Goes over to other ports and addresses; what stays is not disturbed. No effect while inactive.
     *
     * @param failed told of each port and address that cannot be had; the others are
     */
    synchronized void change(List<String> listen, List<String> connect, Consumer<RuntimeException> failed) {
        if (!active) {
            return;
        }
        for (String address : List.copyOf(listeners.keySet())) {
            if (!listen.contains(address)) {
                close(address);
            }
        }
        for (String address : listen) {
            if (!listeners.containsKey(address)) {
                trying(() -> open(address), failed);
            }
        }
        List<String> addresses = new ArrayList<>();
        for (String address : connect) {
            trying(() -> addresses.addAll(normalized(List.of(address))), failed);
        }
        onLoop(() -> dial(addresses));
    }

    private static void trying(Runnable attempt, Consumer<RuntimeException> failed) {
        try {
            attempt.run();
        } catch (RuntimeException e) {
            failed.accept(e);
        }
    }

    private static List<String> normalized(List<String> addresses) {
        return addresses.stream()
                .map(text -> ServerAddress.isUrl(text)
                        ? ServerAddress.parse(text).toString()
                        : PeerAddress.parse(text).toString())
                .toList();
    }

    /** A connection that something else has accepted. */
    void attach(Wire wire) {
        transport.attach(wire, link -> gate.admit(link, database.sync()::accepted));
    }

    private void open(String address) {
        listeners.put(
                address,
                transport.listen(PeerAddress.parse(address), link -> gate.admit(link, database.sync()::accepted)));
    }

    private void close(String address) {
        Transport.Listener listener = listeners.remove(address);
        if (listener != null) {
            listener.close();
        }
    }

    /** Loop. */
    private void dial(List<String> addresses) {
        for (String address : List.copyOf(dialled)) {
            if (!addresses.contains(address)) {
                dialled.remove(address);
                database.sync().disconnect(address);
            }
        }
        for (String address : addresses) {
            if (dialled.add(address)) {
                database.sync().connect(address);
            }
        }
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
        return listeners.values().stream()
                .map(listener -> listener.address().toString())
                .toList();
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
        List.copyOf(listeners.keySet()).forEach(this::close);
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
