package io.ibid.cli;

import io.ibid.cli.terminal.CommandFailure;
import io.ibid.cli.terminal.Console;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.HttpListener;
import io.ibid.peer.runtime.HttpOptions;
import io.ibid.peer.runtime.HttpServer;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.transport.Logins;
import io.ibid.peer.transport.ServerAddress;
import java.io.PrintWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One database that this process serves until somebody ends the process: what {@code serve} and {@code peer} have in common. What is
 * open is closed in reverse order, so that a client never meets a closed database behind an open port.
 */
final class ServingProcess implements AutoCloseable {
    private final OpenDatabase database;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final StringBuilder ready = new StringBuilder("ready");

    /** Opens the database. */
    ServingProcess(DatabaseOptions options, PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
        this.database = OpenDatabase.open(options);
        open.push(database);
    }

    /** Answers statements over HTTP. */
    void http(Address address, @Nullable String apiKey, @Nullable String developmentToken) {
        HttpServer server = HttpListener.find()
                .start(database, new HttpOptions(address.host(), address.port(), apiKey, developmentToken));
        open.push(server);
        ready.append(" http=http://").append(new Address(server.host(), server.port()));
        String generated = server.generatedApiKey();
        if (generated != null) {
            err.println(
                    "The API key of this server is " + generated + " (it is shown this once; --api-key sets another).");
        }
    }

    /** Asks every partner for what the query selects, until somebody deletes the subscription. */
    void subscribe(String query) {
        Value.Struct arguments = Value.Struct.builder()
                .put("query", Value.of(query))
                .put("args", Value.Struct.EMPTY)
                .build();
        database.execute(SubscriptionsCommand.ADD, arguments, ExecuteOptions.STANDARD)
                .close();
    }

    /** Sessions with the server begin with a login by this token. */
    void logIn(ServerAddress server, String developmentToken) {
        database.logins().use(server, Logins.DEVELOPMENT, developmentToken);
    }

    /** Listens for peers and dials peers. */
    void sync(List<String> listen, List<String> connect) {
        database.startSync(listen, connect);
        database.listening().forEach(address -> ready.append(" peer=").append(address));
    }

    /** Prints the ready line and stays until the process is told to end, then closes everything and ends it. */
    int serve() {
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(closed), "ibid-shutdown"));
        out.println(ready.append(" database=").append(database.databaseId()));
        out.flush();
        try {
            closed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /** A signal alone would make the exit code 143, which says that it did not end well. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private void end(CountDownLatch closed) {
        int code = 0;
        try {
            close();
        } catch (RuntimeException failure) {
            Console.error(err, String.valueOf(failure.getMessage()));
            code = CommandFailure.FAILURE;
        }
        out.flush();
        err.flush();
        closed.countDown();
        Runtime.getRuntime().halt(code);
    }

    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
