package io.ibid.cli.shell;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes what can stand at the cursor: commands, statements, collections after FROM, else fields, functions and keywords. */
final class ShellCompleter implements Completer {
    private static final List<String> STATEMENTS = List.of(
            "SELECT",
            "INSERT INTO",
            "UPDATE",
            "DELETE FROM",
            "EVICT FROM",
            "EXPLAIN",
            "PROFILE",
            "ADVISE",
            "CREATE INDEX",
            "DROP INDEX",
            "SHOW",
            "ALTER SYSTEM");

    private static final Pattern BEFORE_COLLECTION =
            Pattern.compile("(?is).*\\b(FROM|INTO|UPDATE|JOIN|COLLECTION|INDEX\\s+\\S+\\s+ON)\\s+$");
    private static final String NAME = "(system:\\w+|\\w+|`(?:[^`]|``)+`)";
    private static final Pattern COLLECTION = Pattern.compile(
            "(?i)\\b(?:FROM|INTO|UPDATE|JOIN)\\s+(?:COLLECTION\\s+)?" + NAME + "(?:\\s+(?:AS\\s+)?(\\w+))?");

    private final Session session;
    private final Vocabulary vocabulary;

    ShellCompleter(Session session, Vocabulary vocabulary) {
        this.session = session;
        this.vocabulary = vocabulary;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String before = line.words().getFirst();
        String word = line.word();
        if (before.isBlank() && word.startsWith(".")) {
            session.commands().all().forEach(dot -> add(candidates, dot.name(), "commands", dot.description()));
        } else if (before.stripLeading().startsWith(".")) {
            completeArgument(reader, line, before.strip(), candidates);
        } else {
            completeStatement(before, word, line.line(), candidates);
        }
    }

    private void completeArgument(LineReader reader, ParsedLine line, String before, List<Candidate> candidates) {
        String[] words = before.split("\\s+");
        switch (words[0]) {
            case ".explain", ".watch" -> {
                String statement = before.substring(words[0].length()).stripLeading();
                completeStatement(statement + " ", line.word(), line.line(), candidates);
            }
            case ".import", ".export" -> {
                if (words.length == 1) {
                    new FileNameCompleter().complete(reader, line, candidates);
                } else {
                    addAll(candidates, vocabulary.collections(), "collections");
                }
            }
            case ".fields" -> addAll(candidates, vocabulary.collections(), "collections");
            case ".format" -> addAll(candidates, List.of("table", "json"), "formats");
            case ".unset" -> addAll(candidates, session.parameters().keySet(), "parameters");
            default -> {} // takes nothing that is known
        }
    }

    private void completeStatement(String before, String word, String whole, List<Candidate> candidates) {
        if (before.isBlank()) {
            addAll(candidates, inCaseOf(word, STATEMENTS), "statements");
            if (word.isEmpty()) {
                session.commands().all().forEach(dot -> add(candidates, dot.name(), "commands", dot.description()));
            }
            return;
        }
        if (word.startsWith(":")) {
            session.parameters().keySet().forEach(name -> add(candidates, ":" + name, "parameters", null));
            return;
        }
        if (BEFORE_COLLECTION.matcher(before).matches()) {
            addAll(candidates, vocabulary.collections(), "collections");
            return;
        }
        fields(whole).forEach((prefix, collection) -> {
            if (word.startsWith(prefix) || prefix.isEmpty()) {
                vocabulary.paths(collection).forEach(path -> add(candidates, prefix + path, "fields", null));
            }
        });
        if (!word.contains(".")) {
            // No blank behind it: what follows are its arguments.
            Vocabulary.functions()
                    .forEach(name ->
                            candidates.add(new Candidate(name + "(", name, "functions", null, null, null, false)));
            addAll(candidates, inCaseOf(word, Vocabulary.keywords()), "keywords");
        }
    }

    /** The collections whose fields can stand in the statement, by what stands in front of a path: nothing, or an alias and a dot. */
    private static SortedMap<String, String> fields(String statement) {
        SortedMap<String, String> collections = new TreeMap<>();
        Matcher matcher = COLLECTION.matcher(statement);
        while (matcher.find()) {
            String collection = unquoted(matcher.group(1));
            String alias = matcher.group(2);
            boolean hasAlias = alias != null && !Vocabulary.keywords().contains(alias.toUpperCase(Locale.ROOT));
            collections.putIfAbsent("", collection);
            collections.put((hasAlias ? alias : matcher.group(1)) + ".", collection);
        }
        return collections;
    }

    private static String unquoted(String name) {
        return name.startsWith("`") ? name.substring(1, name.length() - 1).replace("``", "`") : name;
    }

    /** Words as somebody writes them who has begun so: in lower case after a lower-case beginning. */
    private static List<String> inCaseOf(String word, Collection<String> words) {
        boolean isLower = !word.isEmpty() && word.equals(word.toLowerCase(Locale.ROOT));
        List<String> written = new ArrayList<>(words);
        written.replaceAll(text -> isLower ? text.toLowerCase(Locale.ROOT) : text);
        return written;
    }

    private static void addAll(List<Candidate> candidates, Collection<String> words, String group) {
        words.forEach(word -> add(candidates, word, group, null));
    }

    private static void add(
            List<Candidate> candidates,
            String word,
            String group,
            @org.jspecify.annotations.Nullable String description) {
        candidates.add(new Candidate(word, word, group, description, null, null, true));
    }
}
