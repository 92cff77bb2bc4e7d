package io.ibid.cli.demo;

import io.ibid.cli.terminal.CommandFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The members of the demo and their cables. The server is the middle of a star; Ben hangs behind Anna and reaches everybody else only
 * through her:
 *
 * <pre>
 *   ben ── anna ── server ── carla
 * </pre>
 *
 * Further peers hang at the server and behind the one before, in turn.
 */
final class Network implements AutoCloseable {
    private static final List<String> NAMES =
            List.of("anna", "ben", "carla", "dora", "emil", "frida", "georg", "hanna", "igor", "jana");

    private final String apiKey;
    private final List<Member> members = new ArrayList<>();
    private final List<Cable> cables = new ArrayList<>();

    /**
     * Starts all processes.
     *
     * @param peers 3 to 10
     * @param http where the server listens for HTTP
     */
    Network(Path directory, int peers, String http) {
        this.apiKey = "demo-" + Long.toHexString(new SplittableRandom().nextLong() | 1L << 63);
        try {
            members.add(Member.start(
                    "server",
                    apiKey,
                    directory.resolve("server.log"),
                    List.of(
                            "serve",
                            "--data",
                            directory.resolve("server").toString(),
                            "--http",
                            http,
                            "--peer",
                            "127.0.0.1:0",
                            "--api-key",
                            apiKey)));
            for (int i = 0; i < peers; i++) {
                Member partner = i == 1 || i > 2 && i % 2 == 0 ? members.getLast() : members.getFirst();
                addPeer(directory, NAMES.get(i), partner);
            }
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    private void addPeer(Path directory, String name, Member partner) {
        Cable cable = new Cable(name + " ── " + partner.name(), partner.peerAddress());
        cables.add(cable);
        members.add(Member.start(
                name,
                apiKey,
                directory.resolve(name + ".log"),
                List.of(
                        "peer",
                        "--data",
                        directory.resolve(name).toString(),
                        "--listen",
                        "127.0.0.1:0",
                        "--connect",
                        cable.address(),
                        "--http",
                        "127.0.0.1:0",
                        "--api-key",
                        apiKey,
                        "--subscribe",
                        "SELECT * FROM " + Documents.COLLECTION)));
    }

    static int peersMax() {
        return NAMES.size();
    }

    String apiKey() {
        return apiKey;
    }

    /** The server first. */
    List<Member> members() {
        return members;
    }

    Member member(String name) {
        return members.stream()
                .filter(member -> member.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name));
    }

    List<Cable> cables() {
        return cables;
    }

    void cut() {
        cables.forEach(Cable::cut);
    }

    void mend() {
        cables.forEach(Cable::mend);
    }

    /** Fails, naming it, when a member's process has ended. */
    void requireAlive() {
        for (Member member : members) {
            if (!member.isAlive()) {
                throw CommandFailure.failure("the process of " + member.name() + " has ended");
            }
        }
    }

    @Override
    public void close() {
        members.reversed().forEach(Member::close);
        cables.forEach(Cable::close);
    }
}
