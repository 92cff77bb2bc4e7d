package io.ibid.cli;

import io.ibid.cli.terminal.CommandFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./ibid install}: the SDK as an artifact that Maven and Gradle find on this machine. */
@Command(
        name = "install",
        description = {
            "Install the SDK into this machine's Maven repository, and print the dependency.",
            "Libraries that it needs are downloaded by your build, from Maven Central."
        },
        footerHeading = "%nExample:%n",
        footer = "  ./ibid install")
final class InstallCommand implements Callable<Integer> {
    /** Jars of our own, as the launcher keeps them. */
    private static final Pattern OWN = Pattern.compile("ibid-([a-z]+)-(\\d[^/]*)\\.jar");

    private static final Pattern REPOSITORY = Pattern.compile("<localRepository>\\s*([^<]+?)\\s*</localRepository>");

    @Option(
            names = "--repository",
            paramLabel = "DIR",
            description = "Another repository than the one in Maven's settings, which is ~/.m2/repository by default.")
    private @Nullable Path repository;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        // The launcher says where it is, and names the jars of the SDK when it has built them.
        String root = System.getProperty("ibid.root");
        String run = System.getProperty("ibid.run");
        if (root == null || run == null) {
            throw CommandFailure.usage("what to install is known to the launcher only: ./ibid install");
        }
        Path target = repository == null ? standardRepository(Path.of(System.getProperty("user.home"))) : repository;
        String version = "";
        List<String> installed = new ArrayList<>();
        for (String jar :
                Files.readString(Path.of(run, "classpath-sdk")).strip().split(":")) {
            Matcher own = OWN.matcher(Path.of(jar).getFileName().toString());
            if (own.matches()) {
                version = own.group(2);
                String artifact = "ibid-" + own.group(1);
                copy(Path.of(root, own.group(1), "pom.xml"), target, artifact, version, "pom");
                copy(Path.of(jar), target, artifact, version, "jar");
                installed.add(artifact);
            }
        }
        if (installed.isEmpty()) {
            throw CommandFailure.failure("there is nothing to install in " + run);
        }
        copy(Path.of(root, "pom.xml"), target, "ibid", version, "pom");
        print(
                spec.commandLine().getOut(),
                String.join(" and ", installed) + " " + version + " are in " + target,
                version);
        return 0;
    }

    static Path standardRepository(Path home) throws IOException {
        Path settings = home.resolve(".m2").resolve("settings.xml");
        if (Files.isRegularFile(settings)) {
            Matcher configured = REPOSITORY.matcher(Files.readString(settings));
            if (configured.find()) {
                return Path.of(configured.group(1).replace("${user.home}", home.toString()));
            }
        }
        return home.resolve(".m2").resolve("repository");
    }

    /** Under another name first: a build that runs meanwhile finds the old file or the new one, and no half of it. */
    private static void copy(Path file, Path repository, String artifact, String version, String kind)
            throws IOException {
        Path folder = repository.resolve("io").resolve("ibid").resolve(artifact).resolve(version);
        Path copy = folder.resolve(artifact + "-" + version + "." + kind);
        Path partial = folder.resolve(copy.getFileName() + ".partial");
        try {
            Files.createDirectories(folder);
            Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw CommandFailure.failure("cannot write " + copy + ": " + unwritable);
        }
    }

    private static void print(PrintWriter out, String done, String version) {
        out.printf("""
            %s

            Maven, in pom.xml:
              <dependency>
                <groupId>io.ibid</groupId>
                <artifactId>ibid-peer</artifactId>
                <version>%s</version>
              </dependency>

            Gradle, in build.gradle.kts:
              repositories { mavenLocal(); mavenCentral() }
              dependencies { implementation("io.ibid:ibid-peer:%s") }
            """, done, version, version);
    }
}
