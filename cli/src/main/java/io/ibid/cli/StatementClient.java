package io.ibid.cli;

import io.ibid.core.value.Value;

/** Runs DQL statements somewhere: in a folder that this process opens, or on a server or peer that is reached by URL. */
public interface StatementClient extends AutoCloseable {

    /**
     * Runs one statement.
     *
     * @param arguments what the statement names with a colon
     * @throws CommandFailure when the other side refuses or cannot be reached
     * @throws io.ibid.core.error.IbidException when the statement fails
     */
    Answer execute(String statement, Value.Struct arguments);

    @Override
    void close();
}
