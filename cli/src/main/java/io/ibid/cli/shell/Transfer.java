package io.ibid.cli.shell;

import io.ibid.cli.documents.DocumentSource;
import io.ibid.cli.documents.ExportFormat;
import io.ibid.cli.documents.Exporter;
import io.ibid.cli.documents.Importer;
import io.ibid.cli.terminal.ProgressBar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code .import} and {@code .export}. */
final class Transfer {
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    private Transfer() {}

    static void importFile(Session session, String rest) {
        List<String> words = words(rest);
        if (words.size() != 2) {
            throw DotCommands.usage(".import FILE COLLECTION");
        }
        try (DocumentSource file = DocumentSource.open(path(words.get(0)), false);
                ProgressBar progress = progress(session, "importing")) {
            Importer importer = new Importer(session.client(), words.get(1), Importer.Conflict.FAIL, progress);
            session.screen().out().println(importer.run(file, session.cancellation()));
        }
    }

    static void exportFile(Session session, String rest) {
        List<String> words = words(rest);
        if (words.size() != 2) {
            throw DotCommands.usage(".export FILE COLLECTION");
        }
        try (ProgressBar progress = progress(session, "exporting")) {
            Exporter exporter = new Exporter(session.client(), words.get(1), "", progress);
            if (words.get(0).equals("-")) {
                exporter.write(session.screen().out(), ExportFormat.JSONL, session.cancellation());
            } else {
                Path file = path(words.get(0));
                session.screen()
                        .out()
                        .println(exporter.write(file, ExportFormat.of(file), false, session.cancellation()));
            }
        }
    }

    private static ProgressBar progress(Session session, String verb) {
        return new ProgressBar(session.screen().err(), verb, session.screen().isInteractive());
    }

    /** A file as people write it; nobody expands the tilde for us here. */
    private static Path path(String text) {
        return text.startsWith("~/")
                ? Path.of(System.getProperty("user.home")).resolve(text.substring(2))
                : Path.of(text);
    }

    /** The words of a line; quotes hold one together. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line);
        while (matcher.find()) {
            for (int group = 1; group <= 3; group++) {
                if (matcher.group(group) != null) {
                    words.add(matcher.group(group));
                }
            }
        }
        return words;
    }
}
