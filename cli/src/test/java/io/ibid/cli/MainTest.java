package io.ibid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    static SortedSet<String> commands() {
        TreeSet<String> names =
                new TreeSet<>(Main.commandLine().getSubcommands().keySet());
        names.remove("help");
        return names;
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void all_commands_are_there() {
        assertThat(commands())
                .containsExactly(
                        "bench",
                        "check",
                        "classpath",
                        "demo",
                        "dql",
                        "example",
                        "export",
                        "import",
                        "install",
                        "peer",
                        "serve",
                        "shell",
                        "simulate",
                        "status",
                        "subscriptions",
                        "test");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_explains_itself_with_an_example(String name) {
        assertThat(run(name, "--help")).isZero();
        assertThat(out.toString()).startsWith("Usage: ./ibid " + name);
        assertThat(out.toString()).containsPattern("Examples?:\\R[\\s\\S]*\\./ibid " + name);
        assertThat(err.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_refuses_an_option_that_it_does_not_know(String name) {
        assertThat(run(name, "--no-such-option")).isEqualTo(2);
        assertThat(err.toString()).startsWith("error: ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void an_unknown_command_is_wrong_usage() {
        assertThat(run("dance")).isEqualTo(2);
        assertThat(err.toString()).startsWith("error: ").contains("dance");
    }

    @Test
    void an_example_that_does_not_exist_is_told_from_those_that_do() {
        assertThat(run("example", "dance", "ann")).isEqualTo(2);
        assertThat(err.toString()).startsWith("error: there is no example dance: tasks, chat or till");
    }

    @Test
    void no_command_is_wrong_usage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("error: Name a command; ./ibid --help lists them\n");
    }

    @Test
    void the_version_is_told() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("ibid ");
    }

    @Test
    void options_are_documented() {
        for (CommandLine command : Main.commandLine().getSubcommands().values()) {
            command.getCommandSpec()
                    .options()
                    .forEach(option -> assertThat(option.description())
                            .as(command.getCommandName() + " " + option.longestName())
                            .isNotEmpty());
        }
    }
}
