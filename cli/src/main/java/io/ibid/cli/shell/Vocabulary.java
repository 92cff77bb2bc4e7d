package io.ibid.cli.shell;

import io.ibid.cli.client.Answer;
import io.ibid.cli.client.Cancellation;
import io.ibid.cli.client.Names;
import io.ibid.cli.client.StatementClient;
import io.ibid.cli.terminal.CommandFailure;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.function.Function;
import io.ibid.core.query.function.Functions;
import io.ibid.core.query.syntax.TokenKind;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The words that can be completed: those of the language, collections, and the fields that some documents of a collection have. What
 * was asked for is kept for a few seconds; a database that does not answer soon has nothing to offer.
 */
final class Vocabulary {
    private static final int SAMPLE = 50;
    private static final int PATHS_MAX = 500;
    private static final int DEPTH_MAX = 3;
    private static final long KEPT_MS = 10_000;
    private static final long PATIENCE_MS = 1_500;
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final SortedSet<String> KEYWORDS = new TreeSet<>();
    private static final SortedSet<String> RESERVED = new TreeSet<>();

    static {
        Arrays.stream(TokenKind.values()).filter(TokenKind::isKeyword).forEach(kind -> {
            KEYWORDS.add(kind.name());
            if (kind.isReserved()) {
                RESERVED.add(kind.name());
            }
        });
    }

    private record Kept(long untilNs, List<String> words) {}

    private final StatementClient client;
    private final SortedMap<String, Kept> keptByQuery = new TreeMap<>();

    Vocabulary(StatementClient client) {
        this.client = client;
    }

    static SortedSet<String> keywords() {
        return KEYWORDS;
    }

    static List<String> functions() {
        return Functions.functions().stream().map(Function::name).toList();
    }

    /** All collections as they are written in a statement, those of the system last. */
    List<String> collections() {
        return kept("collections", () -> {
            List<String> names = new ArrayList<>();
            rows("SELECT name FROM system:collections").forEach(row -> names.add(written(text(row, "name"))));
            rows("SELECT name FROM system:all_collections").stream()
                    .map(row -> text(row, "name"))
                    .filter(name -> !name.startsWith("__") && !names.contains(written(name)))
                    .forEach(name -> names.add("system:" + name));
            return names;
        });
    }

    /** The paths that documents of a collection have, as they are written in a statement. */
    List<String> paths(String collection) {
        return kept("fields " + collection, () -> {
            TreeSet<String> paths = new TreeSet<>();
            String from = collection.startsWith("system:") ? collection : Names.quoted(collection);
            rows("SELECT * FROM " + from + " LIMIT " + SAMPLE).forEach(row -> addPaths(paths, "", row, 1));
            return List.copyOf(paths);
        });
    }

    private static void addPaths(SortedSet<String> paths, String prefix, Value.Struct fields, int depth) {
        for (int i = 0; i < fields.size() && paths.size() < PATHS_MAX; i++) {
            String path = prefix + written(fields.name(i));
            paths.add(path);
            if (depth < DEPTH_MAX && fields.value(i) instanceof Value.Struct inner) {
                addPaths(paths, path + ".", inner, depth + 1);
            }
        }
    }

    /** A name, in backticks where it needs them. */
    static String written(String name) {
        boolean isPlain =
                PLAIN_NAME.matcher(name).matches() && !RESERVED.contains(name.toUpperCase(java.util.Locale.ROOT));
        return isPlain ? name : '`' + name.replace("`", "``") + '`';
    }

    private static String text(Value.Struct row, String name) {
        return row.get(name) instanceof Value.Text text ? text.value() : "";
    }

    private interface Query {
        List<String> run();
    }

    private List<String> kept(String name, Query query) {
        Kept kept = keptByQuery.get(name);
        if (kept == null || kept.untilNs() - System.nanoTime() < 0) {
            List<String> words;
            try {
                words = query.run();
            } catch (IbidException | CommandFailure unavailable) {
                words = List.of(); // whoever runs a statement is told; a key that was pressed is no place for it
            }
            kept = new Kept(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(KEPT_MS), words);
            keptByQuery.put(name, kept);
        }
        return kept.words();
    }

    private List<Value.Struct> rows(String statement) {
        Cancellation cancellation = new Cancellation();
        Thread patience = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(PATIENCE_MS);
                cancellation.request();
            } catch (InterruptedException answered) {
                Thread.currentThread().interrupt();
            }
        });
        List<Value.Struct> rows = new ArrayList<>();
        try (Answer answer = client.execute(statement, Value.Struct.EMPTY, cancellation)) {
            Value.Struct row;
            while ((row = answer.next()) != null) {
                rows.add(row);
            }
        } finally {
            patience.interrupt();
        }
        return rows;
    }
}
