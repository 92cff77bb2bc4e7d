package io.ibid.server;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A database whose statements are stage directions: {@code ROWS 10 100}, {@code INSERT a b}, {@code FAIL query/invalid text}, … */
final class ScriptedDatabase implements ServedDatabase {
    static final long COMMIT = 41;

    private final Path directory;
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch cancelled = new CountDownLatch(1);
    final CountDownLatch released = new CountDownLatch(1);
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger executed = new AtomicInteger();
    volatile Value.Struct arguments = Value.Struct.EMPTY;
    volatile Terms terms = new Terms(false, 1, () -> false);
    volatile Thread thread = Thread.currentThread();

    ScriptedDatabase(Path directory) {
        this.directory = directory;
    }

    @Override
    public String id() {
        return "demo";
    }

    @Override
    public Path scratchDirectory() {
        return directory;
    }

    @Override
    public Outcome execute(String statement, Value.Struct given, Terms givenTerms) {
        executed.incrementAndGet();
        arguments = given;
        terms = givenTerms;
        thread = Thread.currentThread();
        begun.countDown();
        String[] words = statement.split(" ", 3);
        return switch (words[0]) {
            case "ROWS" -> rows(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "INSERT" -> new Script(QueryType.MUTATION, List.of(), List.of(Value.of(words[1])), List.of());
            case "WARN" -> warnings(Integer.parseInt(words[1]));
            case "WAIT" -> waiting(givenTerms);
            case "HOLD" -> holding();
            case "CRASH" -> throw new IllegalStateException("secret detail");
            case "FAIL" -> throw new IbidException(code(words[1]), words[2]);
            default -> throw new AssertionError(statement);
        };
    }

    @Override
    public QueryType typeOf(String statement, boolean strict) {
        return statement.contains("query/invalid")
                ? QueryType.UNKNOWN
                : statement.startsWith("INSERT") ? QueryType.MUTATION : QueryType.SELECT;
    }

    @Override
    public boolean awaitCommit(long commitId, long timeoutMs) throws InterruptedException {
        if (commitId > COMMIT) {
            Thread.sleep(timeoutMs);
        }
        return commitId <= COMMIT;
    }

    private static ErrorCode code(String text) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.text().equals(text)) {
                return code;
            }
        }
        throw new AssertionError(text);
    }

    private Outcome rows(int count, int bytes) {
        String filling = "x".repeat(bytes);
        List<Value.Struct> rows = new AbstractList<>() {
            @Override
            public Value.Struct get(int index) {
                return Value.Struct.builder()
                        .put("_id", Value.of(index))
                        .put("text", Value.of(filling))
                        .build();
            }

            @Override
            public int size() {
                return count;
            }
        };
        return new Script(QueryType.SELECT, rows, List.of(), List.of());
    }

    private Outcome warnings(int count) {
        List<Warning> warnings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            warnings.add(new Warning(i == 0 ? Value.of("a") : null, "warning " + i));
        }
        return new Script(QueryType.SELECT, List.of(), List.of(), warnings);
    }

    private Outcome waiting(Terms given) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(given.timeoutMs());
        while (!given.cancelled().getAsBoolean() && System.nanoTime() < end) {
            sleep();
        }
        if (given.cancelled().getAsBoolean()) {
            cancelled.countDown();
        }
        throw new IbidException(ErrorCode.QUERY_EXECUTION, "cancelled or timed out");
    }

    private Outcome holding() {
        try {
            released.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return new Script(QueryType.SELECT, List.of(), List.of(), List.of());
    }

    private static void sleep() {
        try {
            Thread.sleep(5);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private final class Script implements Outcome {
        private final QueryType type;
        private final List<Value.Struct> rows;
        private final List<Value> mutatedIds;
        private final List<Warning> warnings;
        private int next;

        Script(QueryType type, List<Value.Struct> rows, List<Value> mutatedIds, List<Warning> warnings) {
            this.type = type;
            this.rows = rows;
            this.mutatedIds = mutatedIds;
            this.warnings = warnings;
            open.incrementAndGet();
        }

        @Override
        public QueryType type() {
            return type;
        }

        @Override
        public @Nullable Row next() {
            if (next == rows.size()) {
                return null;
            }
            Value.Struct row = rows.get(next++);
            return new Row() {
                @Override
                public Value.Struct value() {
                    return row;
                }

                @Override
                public void appendJson(StringBuilder out) {
                    Json.append(out, row);
                }
            };
        }

        @Override
        public List<Value> mutatedIds() {
            return mutatedIds;
        }

        @Override
        public long commitId() {
            return COMMIT;
        }

        @Override
        public List<Warning> warnings() {
            return warnings;
        }

        @Override
        public long totalWarnings() {
            return warnings.size();
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
