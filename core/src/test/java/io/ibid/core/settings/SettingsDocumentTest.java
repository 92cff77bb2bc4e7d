package io.ibid.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ibid.core.error.IbidException;
import io.ibid.core.query.Limits;
import io.ibid.core.query.Result;
import io.ibid.core.query.ResultRow;
import io.ibid.core.query.Settings;
import io.ibid.core.query.Statement;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Holds docs/settings.md and the parameters together. */
class SettingsDocumentTest {
    private static final Path DOCUMENT = Path.of("../docs/settings.md");

    @Test
    void the_table_lists_every_parameter_as_it_is() throws IOException {
        List<String> written = new ArrayList<>();
        boolean inTable = false;
        for (String line : Files.readAllLines(DOCUMENT)) {
            if (inTable && line.startsWith("| `")) {
                // without what it is for
                written.add(line.substring(0, line.lastIndexOf(" | ")));
                assertThat(line)
                        .endsWith(" |")
                        .hasSizeGreaterThan(written.getLast().length() + 8);
            }
            inTable |= line.startsWith("| Name | Default |");
        }
        List<String> expected = new ArrayList<>();
        for (Parameter<?> parameter : Catalogue.all()) {
            expected.add("| `" + parameter.name() + "` | `" + Json.write(parameter.standard()) + "` | "
                    + parameter.values() + " | " + effect(parameter));
        }
        assertThat(String.join("\n", written)).isEqualTo(String.join("\n", expected));
    }

    private static String effect(Parameter<?> parameter) {
        return switch (parameter.effect()) {
            case AT_ONCE -> "at once";
            case AT_START -> "at start";
            case NONE -> "–";
        };
    }

    @Test
    void the_examples_give_what_the_document_says() throws IOException {
        Settings parameters = new Parameters(false, new TreeMap<>());
        List<String> lines = Files.readAllLines(DOCUMENT);
        int examples = 0;
        for (int i = 0; i + 1 < lines.size(); i++) {
            String answer = lines.get(i + 1);
            if (answer.startsWith("→ ")) {
                assertThat("→ " + run(parameters, lines.get(i))).isEqualTo(answer);
                examples++;
            } else if (answer.startsWith("✗ ")) {
                String statement = lines.get(i);
                IbidException error = catchThrowableOfType(IbidException.class, () -> run(parameters, statement));
                assertThat("✗ " + error.code().text() + " "
                                + error.getMessage().lines().findFirst().orElseThrow())
                        .isEqualTo(answer);
                examples++;
            }
        }
        assertThat(examples).isGreaterThan(5);
    }

    private static String run(Settings parameters, String statement) {
        try (Result result = Statement.prepare(statement, StatementOptions.FLEXIBLE)
                .execute(parameters, Value.Struct.EMPTY, Limits.of(0, 0))) {
            List<ResultRow> rows = result.rest();
            assertThat(rows).hasSize(1);
            return Json.write(rows.getFirst().value());
        }
    }
}
