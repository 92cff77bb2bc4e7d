package io.ibid.cli.processes;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A server and a small peer as processes, with a cable between them; the peer wants the collection {@code things}. */
final class Pair implements AutoCloseable {
    private static final long LIMIT_MS = 10_000;

    private final SlowCable cable = new SlowCable("peer-server");
    private final Path folder;
    private final Child server;
    private final Child peer;
    private int proofs;

    Pair(Path folder) throws IOException {
        this.folder = folder;
        this.server = Child.start(
                "server",
                folder,
                "serve",
                "--data",
                serverData().toString(),
                "--http",
                "127.0.0.1:0",
                "--peer",
                "127.0.0.1:0",
                "--api-key",
                Child.API_KEY);
        cable.leadTo(server.peerAddress());
        cable.mend();
        try {
            this.peer = Child.start(
                    "peer",
                    folder,
                    "peer",
                    "--data",
                    peerData().toString(),
                    "--http",
                    "127.0.0.1:0",
                    "--listen",
                    "127.0.0.1:0",
                    "--connect",
                    cable.address(),
                    "--subscribe",
                    "SELECT * FROM things",
                    "--api-key",
                    Child.API_KEY);
        } catch (Throwable e) {
            server.close();
            cable.close();
            throw e;
        }
    }

    Child server() {
        return server;
    }

    Child peer() {
        return peer;
    }

    SlowCable cable() {
        return cable;
    }

    Path serverData() {
        return folder.resolve("server-data");
    }

    Path peerData() {
        return folder.resolve("peer-data");
    }

    /** Shows that both processes serve, and that what is written at either reaches the other over the first and only session. */
    void proveLife() throws IOException, InterruptedException {
        String id = "proof-" + ++proofs;
        server.http().require("INSERT INTO things DOCUMENTS ({'_id': '" + id + "', 'from': 'server'})");
        await(peer.http(), "SELECT * FROM things WHERE _id = '" + id + "'");
        peer.http().require("UPDATE things SET seen = true WHERE _id = '" + id + "'");
        await(server.http(), "SELECT * FROM things WHERE _id = '" + id + "' AND seen = true");
        if (cable.links() != 1) {
            throw new AssertionError("the session broke: " + cable.links() + " links\n" + logs());
        }
    }

    /** Waits until a query finds something. */
    void await(Endpoint endpoint, String query) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MS);
        while (endpoint.require(query).items().isEmpty()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError(query + " finds nothing within " + LIMIT_MS + " ms\n" + logs());
            }
            Thread.sleep(10);
        }
    }

    String logs() throws IOException {
        return "server: " + server.log() + "\npeer: " + peer.log();
    }

    @Override
    public void close() {
        peer.close();
        server.close();
        cable.close();
    }
}
