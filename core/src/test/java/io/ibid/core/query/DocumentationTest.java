package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the examples of docs/dql.md. */
class DocumentationTest {

    @Test
    void the_examples_of_the_reference_give_what_it_says() throws IOException {
        Dql dql = new Dql();
        int examples = 0;
        boolean inExample = false;
        StringBuilder statement = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../docs/dql.md"))) {
            boolean result = line.startsWith("→") || line.startsWith("✗ ");
            if (inExample && result) {
                expected.add(line);
                continue;
            }
            if (!expected.isEmpty()) {
                check(dql, statement.toString(), expected);
                statement.setLength(0);
                expected.clear();
                examples++;
            }
            if (line.startsWith("```")) {
                assertThat(statement).isEmpty();
                inExample = line.equals("```dql");
            } else if (inExample) {
                statement.append(statement.isEmpty() ? "" : "\n").append(line);
            }
        }
        assertThat(examples).isGreaterThan(25);
    }

    private static void check(Dql dql, String statement, List<String> expected) {
        String actual = expected.getFirst().startsWith("✗")
                ? "✗ " + dql.error(statement).lines().findFirst().orElseThrow()
                : ("→ " + dql.run(statement).replace("\n", "\n→ ")).strip();
        assertThat(actual).as(statement).isEqualTo(String.join("\n", expected));
    }
}
