package io.ibid;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.example.TwoPeers;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in the README is the one that is compiled here, and it does what it says. */
class ExampleTest {
    private static final Path SOURCE = Path.of("src", "test", "java", "io", "ibid", "example", "TwoPeers.java");

    @TempDir
    Path directory;

    @Test
    void the_readme_holds_exactly_the_example_that_is_compiled() throws IOException {
        String source = Files.readString(SOURCE);
        String quoted = source.substring(source.indexOf("import io.ibid.Ditto;"));
        assertThat(Files.readString(Path.of("..", "README.md"))).contains("```java\n" + quoted + "```\n");
        assertThat(quoted.lines().filter(line -> !line.isBlank()).count()).isLessThanOrEqualTo(36);
    }

    @Test
    void the_example_prints_what_arrives_at_the_other_peer() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path output = directory.resolve("output.txt");
        Process process = new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dport=" + freePort(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TwoPeers.class.getName())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("the example ends by itself")
                    .isTrue();
            assertThat(Files.readString(output))
                    .contains("The phone has {\"_id\":\"c1\",\"color\":\"blue\",\"engine\":{\"kw\":90}}");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
