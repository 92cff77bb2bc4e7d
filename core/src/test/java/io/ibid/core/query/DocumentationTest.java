package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.function.Function;
import io.ibid.core.query.function.Functions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Runs the examples of the functions in docs/dql.md. */
class DocumentationTest {

    @Test
    void every_function_has_an_example_that_gives_what_it_says() throws IOException {
        Dql dql = new Dql();
        TreeSet<String> shown = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("../docs/dql.md"))) {
            String[] cells = line.split("(?<!\\\\)\\|", -1);
            if (cells.length == 6 && cells[3].startsWith(" `") && cells[4].startsWith(" `")) {
                String expression = code(cells[3]);
                assertThat(dql.value(expression)).as(expression).isEqualTo(code(cells[4]));
                shown.add(expression.replace("`", "").replaceFirst("\\(.*", "").toLowerCase(Locale.ROOT));
            }
        }
        assertThat(shown)
                .containsAll(Functions.functions().stream().map(Function::name).toList());
    }

    /** What stands between backticks. */
    private static String code(String cell) {
        return cell.strip().replaceFirst("^`+ ?", "").replaceFirst(" ?`+$", "").replace("\\|", "|");
    }
}
