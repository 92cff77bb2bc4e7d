package io.ibid.peer.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.ibid.core.error.IbidException;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import io.ibid.peer.rocksdb.Profile;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.ExecuteOptions;
import io.ibid.peer.runtime.Execution;
import io.ibid.peer.runtime.OpenDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the corpus. A statement that fails must leave everything as it was. */
class CorpusTest {
    private static final Pattern GENERATED = Pattern.compile("\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"");

    private static final Pattern PLACE = Pattern.compile("\\(line (\\d+), column (\\d+)\\)$");

    private final List<String> wrong = new ArrayList<>();
    private int cases;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lexical.txt",
                "values.txt",
                "expressions.txt",
                "functions.txt",
                "select.txt",
                "writing.txt",
                "mistakes.txt",
                "results.txt",
                "cars.txt",
                "changes.txt",
                "joins.txt",
                "server.txt",
                "dql.md",
                "traps.md",
            })
    void the_statements_answer_what_the_corpus_says(String name) {
        CorpusFile file = CorpusFile.read(name);
        for (CorpusFile.Chapter chapter : file.chapters()) {
            try (OpenDatabase database = open(name.equals("server.txt"))) {
                chapter.cases().forEach(it -> check(database, name, it));
            }
        }
        if (!wrong.isEmpty()) {
            fail(String.join("\n", wrong));
        }
        assertThat(cases).isPositive();
    }

    private static OpenDatabase open(boolean server) {
        return OpenDatabase.open(new DatabaseOptions(null, "corpus", Profile.SMALL, server, 2, new TreeMap<>()));
    }

    private void check(OpenDatabase database, String name, CorpusFile.Case it) {
        boolean fails = it.expected().getFirst().startsWith("✗");
        String before = fails ? everything(database) : "";
        List<String> actual = answer(database, it);
        if (!actual.equals(it.expected())) {
            wrong.add(name + ":" + it.line() + "\n" + it.statement() + "\nexpected:\n"
                    + String.join("\n", it.expected()) + "\nactual:\n" + String.join("\n", actual) + "\n");
        }
        if (fails && !everything(database).equals(before)) {
            wrong.add(name + ":" + it.line() + "\n" + it.statement() + "\nfailed and changed something");
        }
        cases++;
    }

    private static List<String> answer(OpenDatabase database, CorpusFile.Case it) {
        List<String> answer = new ArrayList<>();
        try (Execution execution =
                database.execute(it.statement(), (Value.Struct) Json.parse(it.arguments()), ExecuteOptions.STANDARD)) {
            execution.rest().forEach(row -> answer.add("→ " + Json.write(row.value())));
            execution.mutatedIds().forEach(id -> answer.add("→ " + shown(id)));
            if (answer.isEmpty()) {
                answer.add("∅");
            }
            execution.warnings().forEach(warning -> answer.add("⚠ " + warning.description()));
        } catch (IbidException e) {
            List<String> message = String.valueOf(e.getMessage()).lines().toList();
            answer.clear();
            answer.add("✗ " + e.code().text() + " " + message.getFirst());
            if (!pointsAtItsPlace(message, it.statement())) {
                answer.addAll(message);
            }
        }
        return answer;
    }

    /** Whether the lines below the message show the place that it names: a part of the line, and a caret below. */
    private static boolean pointsAtItsPlace(List<String> message, String statement) {
        Matcher place = PLACE.matcher(message.getFirst());
        if (!place.find()) {
            return message.size() == 1 && !message.getFirst().isEmpty();
        }
        List<String> lines = (statement + "\n ").lines().toList();
        String line = lines.get(Integer.parseInt(place.group(1)) - 1);
        int column = Integer.parseInt(place.group(2)) - 1;
        int caret = message.getLast().indexOf('^');
        String after = line.substring(line.offsetByCodePoints(0, column));
        String shown = message.get(1);
        String pointed = shown.substring(Math.min(shown.length(), shown.offsetByCodePoints(0, caret)));
        return message.size() == 3
                && message.getLast().strip().equals("^")
                && after.startsWith(pointed)
                && pointed.isEmpty() == after.isEmpty();
    }

    /** An id that was made here is not the same in any two runs. */
    private static String shown(Value id) {
        String json = Json.write(id);
        return GENERATED.matcher(json).matches() ? "\"generated\"" : json;
    }

    /** All documents, parameters and indexes, and the newest commit. */
    private static String everything(OpenDatabase database) {
        StringBuilder all = new StringBuilder().append(database.publishedCommit());
        all.append(rows(database, "SHOW ALL")).append(rows(database, "SELECT * FROM system:indexes"));
        for (Value.Struct collection : rows(database, "SELECT name FROM system:collections")) {
            String quoted = ((Value.Text) collection.get("name")).value().replace("`", "``");
            all.append(collection).append(rows(database, "SELECT * FROM `" + quoted + "`"));
        }
        return all.toString();
    }

    private static List<Value.Struct> rows(OpenDatabase database, String statement) {
        try (Execution execution = database.execute(statement, Value.Struct.EMPTY, ExecuteOptions.FLEXIBLE)) {
            return execution.rest().stream().map(row -> row.value()).toList();
        }
    }
}
