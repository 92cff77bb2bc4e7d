package io.ibid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher does before it builds or starts anything. */
class LauncherTest {
    private record Ended(int code, String out, String err) {}

    @TempDir
    private Path folder;

    private Ended run(Path launcher, String... arguments) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of("bash", "--norc", launcher.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    private static Path launcher() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("ibid"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new AssertionError("the tests run inside the project's folder");
            }
        }
        return folder.resolve("ibid");
    }

    @Test
    void the_tests_explain_themselves() throws Exception {
        Ended ended = run(launcher(), "test", "--help");
        assertThat(ended.code()).isZero();
        assertThat(ended.out()).startsWith("Usage: ./ibid test").contains("Example: ./ibid test --quick");
    }

    @Test
    void the_tests_refuse_what_they_do_not_know() throws Exception {
        Ended ended = run(launcher(), "test", "--fast");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).isEqualTo("error: unknown option for test: --fast; see ./ibid test --help\n");
    }

    @Test
    void the_launcher_may_be_reached_by_links() throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("first"), launcher());
        Path second = Files.createSymbolicLink(folder.resolve("second"), folder.relativize(first));
        assertThat(run(second, "test", "--help").code()).isZero();
    }
}
