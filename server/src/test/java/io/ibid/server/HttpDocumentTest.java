package io.ibid.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the examples of docs/http.md as they stand there, in their order, and compares what they give. */
final class HttpDocumentTest {
    private static final Pattern EXAMPLE = Pattern.compile("```sh\n(.*?)```\n```json\n(.*?)\n```", Pattern.DOTALL);

    @TempDir
    Path directory;

    /** A command and its answer, both as printed. */
    private record Example(String command, String answer) {}

    @Test
    void every_example_gives_what_the_document_says() throws Exception {
        Assumptions.assumeTrue(isThere("curl"), "the examples need curl");
        List<Example> examples = examples();
        assertThat(examples).hasSizeGreaterThanOrEqualTo(7);
        try (RealServer server = new RealServer(directory.resolve("demo"))) {
            for (Example example : examples) {
                String command = example.command.replace("127.0.0.1:4080", "127.0.0.1:" + server.http.port());
                assertThat(command).contains("127.0.0.1:" + server.http.port());
                assertThat(run(command)).as(example.command).isEqualTo(example.answer);
            }
        }
    }

    private static List<Example> examples() throws IOException {
        Matcher found = EXAMPLE.matcher(Files.readString(Path.of("..", "docs", "http.md")));
        List<Example> examples = new ArrayList<>();
        while (found.find()) {
            examples.add(new Example(found.group(1), found.group(2)));
        }
        return examples;
    }

    private static String run(String command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
        builder.environment().put("KEY", RealServer.KEY);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static boolean isThere(String program) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", "-c", "command -v " + program).start().waitFor() == 0;
    }
}
