package io.ibid.peer.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of statements and what they answer. A line {@code == title} begins a chapter, which starts with an empty database; {@code #}
 * is a remark. A statement takes one or several lines, then come {@code ? } and arguments as JSON, if there are any, and what is expected:
 * {@code → } a row, or the id of a document that was written; {@code ✗ } code and first line of an error; {@code ⚠ } a warning;
 * {@code ∅} no row and no id.
 */
record CorpusFile(String name, List<Chapter> chapters) {

    record Chapter(String title, List<Case> cases) {}

    /** One statement; line is where it begins. */
    record Case(int line, String statement, String arguments, List<String> expected) {}

    /** A resource, or the examples of a page of the documentation; a page of which sections stand alone has them as chapters. */
    static CorpusFile read(String name) {
        return name.endsWith(".md")
                ? parse(name, page(name))
                : parse(name, text(name).lines().toList());
    }

    /** Only the examples are left of the lines; the others are blank, so that an example keeps its number. */
    private static List<String> page(String name) {
        List<String> lines = new ArrayList<>();
        boolean inExample = false;
        try {
            for (String line : Files.readAllLines(Path.of("../docs/" + name))) {
                boolean isFence = line.startsWith("```");
                boolean isChapter = lines.isEmpty() || (line.startsWith("## ") && name.equals("traps.md"));
                inExample = isFence ? line.equals("```dql") : inExample;
                lines.add(isChapter ? "== " + line : !inExample || isFence ? "" : line.equals("→") ? "∅" : line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    private static CorpusFile parse(String name, List<String> given) {
        List<Chapter> chapters = new ArrayList<>();
        List<Case> cases = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        String arguments = "{}";
        List<String> expected = new ArrayList<>();
        int begin = 0;
        List<String> lines = new ArrayList<>(given);
        lines.add("== end");
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean isExpectation =
                    line.startsWith("→ ") || line.startsWith("✗ ") || line.startsWith("⚠ ") || line.equals("∅");
            if (isExpectation) {
                expected.add(line);
                continue;
            }
            if (!expected.isEmpty()) {
                cases.add(new Case(begin, statement.toString(), arguments, List.copyOf(expected)));
                statement.setLength(0);
                arguments = "{}";
                expected.clear();
            }
            if (line.startsWith("== ")) {
                if (!statement.isEmpty()) {
                    throw new AssertionError(name + ":" + begin + ": a statement without an expectation");
                }
                cases = new ArrayList<>();
                chapters.add(new Chapter(line.substring(3), cases));
            } else if (line.startsWith("? ")) {
                arguments = line.substring(2);
            } else if (!line.isBlank() && !line.startsWith("#")) {
                begin = statement.isEmpty() ? i + 1 : begin;
                statement.append(statement.isEmpty() ? "" : "\n").append(line);
            }
        }
        chapters.removeLast();
        return new CorpusFile(name, chapters);
    }

    private static String text(String name) {
        try (InputStream in = CorpusFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new AssertionError("there is no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
