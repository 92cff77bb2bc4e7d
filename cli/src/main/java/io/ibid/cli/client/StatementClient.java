package io.ibid.cli.client;

import io.ibid.core.value.Value;

/** Runs DQL statements somewhere: in a folder that this process opens, or on a server or peer that is reached by URL. */
public interface StatementClient extends AutoCloseable {

    /**
     * Runs one statement.
     *
     * @param arguments what the statement names with a colon
     * @param cancellation stops the statement, also while its rows are read
     * @throws io.ibid.cli.terminal.CommandFailure when the other side refuses or cannot be reached
     * @throws io.ibid.core.error.IbidException when the statement fails
     */
    Answer execute(String statement, Value.Struct arguments, Cancellation cancellation);

    /** Runs one statement that nobody will stop. */
    default Answer execute(String statement, Value.Struct arguments) {
        return execute(statement, arguments, new Cancellation());
    }

    /**
     * Shows the result of a query now and whenever it may have changed, until the watch is closed.
     *
     * @throws io.ibid.core.error.IbidException when the statement cannot be watched
     */
    Watch watch(String statement, Value.Struct arguments, WatchListener listener);

    /** A watch that runs. */
    interface Watch extends AutoCloseable {
        /** The listener is called no more after this, but a call may still be running. */
        @Override
        void close();
    }

    /** Hears of results, on threads of the client, one call at a time. */
    interface WatchListener {

        /** A new result. It is closed when this returns. */
        void changed(Answer answer);

        /** The query could not be run this time. */
        void failed(RuntimeException failure);
    }

    /** Where the database is, as a person would say it: a folder or a URL. */
    String place();

    /** The shortest time between two results of a watch that looks again and again, in milliseconds; 0 when it is told. */
    long watchIntervalMs();

    @Override
    void close();
}
