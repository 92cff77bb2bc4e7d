package io.ibid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell as a process between pipes, as scripts run it. */
@Tag("slow")
class ShellProcessTest {
    @TempDir
    private Path folder;

    private record Ended(int code, String out, String err) {}

    private Ended shell(String input, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.ibid.cli.Main",
                "shell",
                "--data",
                folder.resolve("data").toString()));
        command.addAll(List.of(options));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the shell does not end; it said " + Files.readString(err));
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    @Test
    void a_pipe_is_a_script_and_its_first_error_the_exit_code() throws Exception {
        Ended failed = shell("INSERT INTO c DOCUMENTS ({'_id': '東京'});\nSELECT * FORM c;\nDELETE FROM c;\n");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.out()).isEqualTo("1 document written: \"東京\" (commit 1)\n");
        assertThat(failed.err()).isEqualTo("""
                error: expected end of statement, found FORM, did you mean FROM? (line 1, column 10)
                SELECT * FORM c;
                         ^
                It begins on line 2 of the input.
                """);

        Ended succeeded = shell("SELECT * FROM c", "--format", "json");
        assertThat(succeeded).isEqualTo(new Ended(0, "{\"_id\":\"東京\"}\n", ""));
    }

    /** The rows are 60 MB of JSON, and the whole process has 64 MiB. */
    @Test
    void a_result_may_be_larger_than_the_memory() throws Exception {
        StringBuilder input = new StringBuilder(".set text \"" + "x".repeat(60_000) + "\"\n");
        for (int i = 0; i < 50; i++) {
            input.append("INSERT INTO c DOCUMENTS ({'_id': ").append(i * 20).append(", 'text': :text})");
            for (int j = 1; j < 20; j++) {
                input.append(", ({'_id': ").append(i * 20 + j).append(", 'text': :text})");
            }
            input.append(";\n");
        }
        assertThat(shell(input.toString()).code()).isZero();
        Ended rows = shell("SELECT * FROM c;", "--format", "json");
        assertThat(rows.code()).as(rows.err()).isZero();
        assertThat(rows.out()).hasSizeGreaterThan(60_000_000).endsWith("}\n");
        Ended table = shell("SELECT * FROM c;");
        assertThat(table.code()).as(table.err()).isZero();
        assertThat(table.out()).hasSizeGreaterThan(60_000_000).endsWith("(1,000 rows)\n");
    }
}
