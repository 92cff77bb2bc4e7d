package io.ibid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve} and {@code peer} as processes of their own: what they print, and how they end. */
class ServeProcessTest {
    private static final String KEY = "a-key-for-this-test";
    private static final Pattern READY =
            Pattern.compile("ready http=(http://127\\.0\\.0\\.1:\\d+) (peer=127\\.0\\.0\\.1:\\d+ )?database=demo");

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.ibid.cli.Main"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private static String firstLine(Process process) throws IOException {
        return String.valueOf(
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine());
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private static int run(StringWriter out, String... arguments) {
        StringWriter err = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
        out.append(err.toString());
        return code;
    }

    @Test
    void a_server_says_when_it_is_ready_answers_and_ends_cleanly() throws Exception {
        Process server =
                start("serve", "--data", data(), "--http", "127.0.0.1:0", "--peer", "127.0.0.1:0", "--api-key", KEY);
        Matcher ready = READY.matcher(firstLine(server));
        assertThat(ready.matches()).isTrue();
        StringWriter out = new StringWriter();
        String url = ready.group(1);
        assertThat(run(out, "dql", "INSERT INTO c DOCUMENTS ({'_id':1})", "--url", url, "--api-key", KEY))
                .isZero();
        assertThat(run(out, "dql", "SELECT * FROM c", "--format", "json", "--url", url, "--api-key", KEY))
                .isZero();
        assertThat(out.toString()).isEqualTo("1 document written: 1 (commit 1)\n{\"_id\":1}\n");

        server.toHandle().destroy(); // SIGTERM
        assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
        assertThat(folder.resolve("err")).content().doesNotContain("WARNING", "Exception", "error:");

        StringWriter after = new StringWriter();
        assertThat(run(after, "check", "--data", data())).isZero();
    }

    @Test
    void a_folder_in_use_is_refused_and_its_user_lives_on() throws Exception {
        Process peer = start("peer", "--data", data(), "--http", "127.0.0.1:0", "--api-key", KEY);
        Matcher ready = READY.matcher(firstLine(peer));
        assertThat(ready.matches()).isTrue();
        StringWriter refused = new StringWriter();
        assertThat(run(refused, "dql", "SELECT * FROM c", "--data", data())).isEqualTo(1);
        assertThat(refused.toString()).startsWith("error: ").contains("in use by process " + peer.pid());
        StringWriter answered = new StringWriter();
        assertThat(run(answered, "dql", "SELECT * FROM c", "--url", ready.group(1), "--api-key", KEY))
                .isZero();
    }

    @Test
    void a_port_in_use_is_named() throws Exception {
        Process first =
                start("serve", "--data", data(), "--http", "127.0.0.1:0", "--peer", "127.0.0.1:0", "--api-key", KEY);
        Matcher ready = READY.matcher(firstLine(first));
        assertThat(ready.matches()).isTrue();
        String address = ready.group(1).substring("http://".length());
        StringWriter out = new StringWriter();
        String other = Files.createDirectory(folder.resolve("other")).toString();
        assertThat(run(out, "serve", "--data", other, "--http", address, "--peer", "127.0.0.1:0"))
                .isEqualTo(1);
        assertThat(out.toString()).startsWith("error: ").contains(address);
        assertThat(first.isAlive()).isTrue();
    }

    @Test
    void an_address_that_others_can_reach_is_refused() {
        StringWriter out = new StringWriter();
        assertThat(run(out, "serve", "--data", data(), "--http", "0.0.0.0:0", "--peer", "127.0.0.1:0"))
                .isEqualTo(1);
        assertThat(out.toString()).startsWith("error: ").contains("loopback");
    }

    @Test
    void what_this_version_does_not_serve_is_refused() {
        StringWriter out = new StringWriter();
        assertThat(run(out, "serve", "--data", data(), "--config", "x")).isEqualTo(2);
        assertThat(run(out, "serve", "--data", data(), "--http", "4080")).isEqualTo(2);
        assertThat(run(out, "peer", "--data", data(), "--api-key", KEY)).isEqualTo(2);
        assertThat(run(out, "peer", "--data", data(), "--shared-key", "no-such-file"))
                .isEqualTo(2);
        assertThat(run(out, "peer", "--data", data(), "--connect", "ftp://127.0.0.1:1"))
                .isEqualTo(2);
        assertThat(out.toString().lines()).allMatch(line -> line.startsWith("error: --"));
        assertThat(folder.resolve("data")).doesNotExist();
    }
}
