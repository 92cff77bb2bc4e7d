package io.ibid.cli.processes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A server and two small peers as processes; the end reaches the server only through the middle:
 *
 * <pre>
 *   end ── middle ── server
 * </pre>
 *
 * Each can be killed and started again in its folder. Confined to one thread, except {@link #endpoint}.
 */
final class Chain implements AutoCloseable {
    enum Role {
        SERVER,
        MIDDLE,
        END
    }

    private static final int ROLES = Role.values().length;

    private final Path folder;
    private final List<String> collections;
    private final SlowCable inner = new SlowCable("middle-server");
    private final SlowCable outer = new SlowCable("end-middle");
    private final Child[] members = new Child[ROLES];
    private final Endpoint[] endpoints = new Endpoint[ROLES];

    /** @param collections what the small peers subscribe to */
    Chain(Path folder, List<String> collections) throws IOException {
        this.folder = folder;
        this.collections = collections;
        try {
            for (Role role : Role.values()) {
                start(role);
            }
            cables().forEach(SlowCable::mend);
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /** Starts a member that is not running. */
    void start(Role role) throws IOException {
        Child member = Child.start(role.name().toLowerCase(Locale.ROOT), folder, arguments(role));
        members[role.ordinal()] = member;
        synchronized (endpoints) {
            endpoints[role.ordinal()] = member.http();
        }
        switch (role) {
            case SERVER -> inner.leadTo(member.peerAddress());
            case MIDDLE -> outer.leadTo(member.peerAddress());
            case END -> {}
        }
    }

    private String[] arguments(Role role) {
        List<String> arguments = new ArrayList<>();
        boolean isServer = role == Role.SERVER;
        arguments.addAll(List.of(
                isServer ? "serve" : "peer",
                "--data",
                folder.resolve(role.name()).toString()));
        arguments.addAll(List.of("--http", "127.0.0.1:0", "--api-key", Child.API_KEY));
        arguments.addAll(List.of(isServer ? "--peer" : "--listen", "127.0.0.1:0"));
        if (!isServer) {
            arguments.addAll(List.of("--connect", (role == Role.MIDDLE ? inner : outer).address()));
            for (String collection : collections) {
                arguments.addAll(List.of("--subscribe", "SELECT * FROM " + collection));
            }
        }
        return arguments.toArray(String[]::new);
    }

    Child member(Role role) {
        return members[role.ordinal()];
    }

    /** Of the process that plays this role now, or played it last. Any thread. */
    Endpoint endpoint(Role role) {
        synchronized (endpoints) {
            return endpoints[role.ordinal()];
        }
    }

    List<SlowCable> cables() {
        return List.of(inner, outer);
    }

    /** The cables that a member is at. */
    List<SlowCable> cables(Role role) {
        return switch (role) {
            case SERVER -> List.of(inner);
            case MIDDLE -> cables();
            case END -> List.of(outer);
        };
    }

    /** Waits until all three show the same documents of a collection, and gives them. */
    Contents awaitAgreement(String collection, long limitMs) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(limitMs);
        while (true) {
            List<Contents> all = new ArrayList<>();
            for (Role role : Role.values()) {
                all.add(Contents.of(endpoint(role), collection));
            }
            if (all.get(0).isSameAs(all.get(1)) && all.get(1).isSameAs(all.get(2))) {
                return all.getFirst();
            }
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("no agreement on " + collection + " within " + limitMs
                        + " ms. Server and middle: " + all.get(0).difference(all.get(1))
                        + ". Middle and end: " + all.get(1).difference(all.get(2)) + "\n" + logs());
            }
            Thread.sleep(50);
        }
    }

    /** What all processes said. */
    String logs() throws IOException {
        StringBuilder logs = new StringBuilder();
        for (Child member : members) {
            logs.append(member.name()).append(": ").append(member.log()).append('\n');
        }
        return logs.toString();
    }

    @Override
    public void close() {
        for (Child member : members) {
            if (member != null) {
                member.close();
            }
        }
        cables().forEach(SlowCable::close);
    }
}
