package io.ibid.cli;

import io.ibid.cli.terminal.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./ibid classpath}: what an app that embeds the peer needs. */
@Command(
        name = "classpath",
        description = "Print the class path of the SDK, for javac, java and jshell.",
        footerHeading = "%nExample:%n",
        footer = "  jshell --class-path \"$(./ibid classpath)\"")
final class ClasspathCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        // The launcher writes it when it builds, next to the jars that it names.
        @Nullable String folder = System.getProperty("ibid.run");
        if (folder == null) {
            throw CommandFailure.usage("the class path is known to the launcher only: ./ibid classpath");
        }
        spec.commandLine()
                .getOut()
                .println(Files.readString(Path.of(folder, "classpath-sdk")).strip());
        return 0;
    }
}
