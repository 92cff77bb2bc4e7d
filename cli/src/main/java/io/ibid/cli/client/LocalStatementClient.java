package io.ibid.cli.client;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.ResultRow;
import io.ibid.core.query.Warning;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.Caller;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.Observer;
import io.ibid.peer.runtime.OpenDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Statements on a database that this process has open. */
public final class LocalStatementClient implements StatementClient {
    private final OpenDatabase database;

    /** Takes over the database and closes it. */
    public LocalStatementClient(OpenDatabase database) {
        this.database = database;
    }

    @Override
    public Answer execute(String statement, Value.Struct arguments, Cancellation cancellation) {
        ExecuteOptions options = new ExecuteOptions(null, 0, cancellation::isRequested, Caller.SDK);
        return new LocalAnswer(database.execute(statement, arguments, options));
    }

    @Override
    public Watch watch(String statement, Value.Struct arguments, WatchListener listener) {
        Observer observer = database.observe(statement, arguments, ExecuteOptions.STANDARD, execution -> {
            try {
                listener.changed(new LocalAnswer(execution));
            } catch (IbidException failure) {
                listener.failed(failure);
            }
        });
        return observer::close;
    }

    @Override
    public String place() {
        return database.directory().toString();
    }

    @Override
    public long watchIntervalMs() {
        return 0;
    }

    @Override
    public void close() {
        database.close();
    }

    private record LocalAnswer(Execution execution) implements Answer {
        @Override
        public boolean isMutation() {
            return execution.kind().isMutation();
        }

        @Override
        public Value.@Nullable Struct next() {
            ResultRow row = execution.next();
            return row == null ? null : row.value();
        }

        @Override
        public List<Value> mutatedIds() {
            return execution.mutatedIds();
        }

        @Override
        public long commitId() {
            return execution.commitId();
        }

        @Override
        public List<String> warnings() {
            return execution.warnings().stream().map(Warning::description).toList();
        }

        @Override
        public long warningsTotal() {
            return execution.warningsTotal();
        }

        @Override
        public void close() {
            execution.close();
        }
    }
}
