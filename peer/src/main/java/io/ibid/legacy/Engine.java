package io.ibid.legacy;

import io.ibid.core.query.Result;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.value.Value;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.Observer;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.runtime.Subscription;
import io.ibid.peer.runtime.TransactionOptions;
import io.ibid.peer.runtime.TransactionScope;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** The way from this API to the database. Any thread. */
final class Engine implements Runner {
    private final OpenDatabase database;
    private final Function<RuntimeException, RuntimeException> failures;
    private final Set<AutoCloseable> open = ConcurrentHashMap.newKeySet();

    /** @param failures makes the API's exception of one of the engine's, or throws it */
    Engine(OpenDatabase database, Function<RuntimeException, RuntimeException> failures) {
        this.database = database;
        this.failures = failures;
    }

    @Override
    public Answer run(String statement, Value.Struct arguments) {
        return translated(() -> {
            try (Execution execution = database.execute(statement, arguments, ExecuteOptions.FLEXIBLE)) {
                return new Answer(execution.rest(), execution.mutatedIds());
            }
        });
    }

    @Override
    public <T> T together(Function<Runner, T> work) {
        return together(TransactionOptions.STANDARD, work);
    }

    <T> T together(TransactionOptions how, Function<Runner, T> work) {
        OpenDatabase.Committed<T> committed = translated(() -> database.transaction(how, scope -> {
            try {
                return work.apply(new InTransaction(scope));
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable checked) { // undeclared, and the engine expects none
                throw new Carried(checked);
            }
        }));
        T value = committed.value();
        if (value == null) {
            throw new AssertionError("the work of a transaction gives a value");
        }
        return value;
    }

    Observer observe(String statement, Value.Struct arguments, Observer.Listener listener) {
        return translated(() -> database.observe(statement, arguments, ExecuteOptions.FLEXIBLE, listener));
    }

    Subscription subscribe(String statement, Value.Struct arguments) {
        return translated(() -> database.subscribe(statement, arguments, StatementOptions.FLEXIBLE));
    }

    /** Does something whose failure the application sees. */
    <T> T translated(Supplier<T> action) {
        try {
            return action.get();
        } catch (Carried carried) {
            throw Thrown.sneak(carried.getCause());
        } catch (RuntimeException e) {
            throw failures.apply(e);
        }
    }

    /** To be closed with the database. */
    void opened(AutoCloseable handle) {
        open.add(handle);
    }

    void closed(AutoCloseable handle) {
        open.remove(handle);
    }

    void close() {
        for (AutoCloseable handle : open) {
            try {
                handle.close();
            } catch (Exception e) {
                throw new AssertionError("the handles of this package close without exceptions", e);
            }
        }
    }

    /** The statements of one transaction. */
    private final class InTransaction implements Runner {
        private final TransactionScope scope;

        InTransaction(TransactionScope scope) {
            this.scope = scope;
        }

        @Override
        public Answer run(String statement, Value.Struct arguments) {
            return translated(() -> {
                try (Result result = scope.execute(statement, arguments, ExecuteOptions.FLEXIBLE)) {
                    return new Answer(result.rest(), result.mutatedIds());
                }
            });
        }

        @Override
        public <T> T together(Function<Runner, T> work) {
            return work.apply(this);
        }
    }

    /** Takes an exception of the application, or one that was translated, through the engine. */
    private static final class Carried extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Carried(Throwable cause) {
            super(cause);
        }

        @Override
        public synchronized Throwable getCause() {
            Throwable cause = super.getCause();
            if (cause == null) {
                throw new AssertionError("it is made of one");
            }
            return cause;
        }
    }
}
