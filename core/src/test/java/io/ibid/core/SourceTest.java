package io.ibid.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** House rules that can be read off the source files of all modules. */
class SourceTest {
    private static final int LINES_MAX = 400;

    private static final Pattern VAGUE_TYPE =
            Pattern.compile("(Abstract|Default)[A-Z].*|.*(Impl|Utils?|Helpers?|Managers?)");
    private static final Pattern VAGUE_PACKAGE = Pattern.compile("impl|utils?|common|helpers?|managers?|misc");

    /** Spelled in two halves, so that this file passes its own test. */
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    private static final Pattern EMPTY_CATCH = Pattern.compile("catch \\([^)]*\\) \\{\\s*}", Pattern.MULTILINE);

    private static final List<Path> SOURCES = sources();

    @Test
    void every_package_says_what_it_is_for_and_is_null_marked() throws IOException {
        TreeSet<Path> packages = new TreeSet<>();
        SOURCES.stream()
                .filter(file -> file.toString().contains("/src/main/"))
                .forEach(file -> packages.add(file.getParent()));
        assertThat(packages).isNotEmpty();
        for (Path folder : packages) {
            Path info = folder.resolve("package-info.java");
            assertThat(info).exists();
            assertThat(Files.readString(info))
                    .as(info.toString())
                    .contains("@NullMarked")
                    .contains("/**");
        }
    }

    @Test
    void no_file_is_longer_than_the_limit() {
        assertThat(offenders(text -> text.lines().count() > LINES_MAX)).isEmpty();
    }

    @Test
    void nothing_is_left_unfinished() {
        assertThat(offenders(text -> UNFINISHED.matcher(text).find())).isEmpty();
    }

    @Test
    void no_exception_is_swallowed_without_a_word() {
        assertThat(offenders(text -> EMPTY_CATCH.matcher(text).find())).isEmpty();
    }

    @Test
    void names_say_what_a_thing_is() {
        assertThat(SOURCES)
                .filteredOn(file -> VAGUE_TYPE
                                .matcher(file.getFileName().toString().replace(".java", ""))
                                .matches()
                        || VAGUE_PACKAGE
                                .matcher(file.getParent().getFileName().toString())
                                .matches())
                .isEmpty();
    }

    private interface Check {
        boolean fails(String text);
    }

    private static List<Path> offenders(Check check) {
        List<Path> found = new ArrayList<>();
        for (Path file : SOURCES) {
            try {
                if (check.fails(Files.readString(file))) {
                    found.add(file);
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        return found;
    }

    private static List<Path> sources() {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root())) {
            for (Path source : modules.map(module -> module.resolve("src"))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList()) {
                try (Stream<Path> files = Files.walk(source)) {
                    files.filter(file -> file.toString().endsWith(".java"))
                            .sorted()
                            .forEach(found::add);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return found;
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new AssertionError("the tests run inside the project's folder");
            }
        }
        return folder;
    }
}
