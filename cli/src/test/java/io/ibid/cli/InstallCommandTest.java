package io.ibid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallCommandTest {
    @TempDir
    private Path folder;

    @AfterEach
    void forgetTheLauncher() {
        System.clearProperty("ibid.root");
        System.clearProperty("ibid.run");
    }

    private static Path root() {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(root.resolve("ibid"))) {
            root = root.getParent();
            if (root == null) {
                throw new AssertionError("the tests run inside the project's folder");
            }
        }
        return root;
    }

    private String install(Path repository) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Main.run(new PrintWriter(out), new PrintWriter(err), "install", "--repository", repository.toString());
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        return out.toString();
    }

    /** What the launcher builds: jars of core and peer from the classes of these tests, and the libraries. */
    private void buildRun() throws Exception {
        Path run = Files.createDirectories(folder.resolve("run"));
        List<String> entries = new ArrayList<>();
        for (String module : List.of("core", "peer")) {
            Path jar = run.resolve("ibid-" + module + "-0.1.0.jar");
            entries.add(jar.toString());
            jar(jar, classes(module));
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar") && !entry.contains("ibid-")) {
                entries.add(entry);
            }
        }
        Files.writeString(run.resolve("classpath-sdk"), String.join(":", entries));
        System.setProperty("ibid.root", root().toString());
        System.setProperty("ibid.run", run.toString());
    }

    private static Path classes(String module) throws Exception {
        String known = module.equals("core") ? "io.ibid.core.value.Value" : "io.ibid.Ditto";
        return Path.of(Class.forName(known)
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    private void jar(Path jar, Path classes) throws Exception {
        if (Files.isRegularFile(classes)) {
            Files.copy(classes, jar);
        } else {
            run(List.of(tool("jar"), "--create", "--file", jar.toString(), "-C", classes.toString(), "."));
        }
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }

    private String run(List<String> command) throws Exception {
        Path out = folder.resolve("out.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(Files.readString(out)).isZero();
            return Files.readString(out);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void the_jars_and_their_poms_are_installed_and_the_dependency_is_printed() throws Exception {
        buildRun();
        Path repository = folder.resolve("repository");
        assertThat(install(repository))
                .startsWith("ibid-core and ibid-peer 0.1.0 are in " + repository)
                .contains("<artifactId>ibid-peer</artifactId>")
                .contains("implementation(\"io.ibid:ibid-peer:0.1.0\")");
        install(repository); // again, over the first one
        try (Stream<Path> files = Files.walk(repository)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "ibid-0.1.0.pom",
                            "ibid-core-0.1.0.pom",
                            "ibid-core-0.1.0.jar",
                            "ibid-peer-0.1.0.pom",
                            "ibid-peer-0.1.0.jar");
        }
    }

    @Test
    void the_repository_is_the_one_of_mavens_settings() throws IOException {
        assertThat(InstallCommand.standardRepository(folder)).isEqualTo(folder.resolve(".m2/repository"));
        Files.createDirectories(folder.resolve(".m2"));
        Files.writeString(
                folder.resolve(".m2/settings.xml"),
                "<settings>\n  <localRepository> ${user.home}/jars </localRepository>\n</settings>\n");
        assertThat(InstallCommand.standardRepository(folder)).isEqualTo(folder.resolve("jars"));
    }

    @Test
    void without_the_launcher_there_is_nothing_to_install() {
        StringWriter err = new StringWriter();
        assertThat(Main.run(new PrintWriter(new StringWriter()), new PrintWriter(err), "install"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("./ibid install");
    }

    /** A project that has nothing but the printed dependency, built by Maven and run. */
    @Test
    @Tag("slow")
    void a_project_compiles_and_runs_against_what_was_installed() throws Exception {
        assumeTrue(hasMaven(), "mvn is not on the path");
        buildRun();
        Path repository = libraries(folder.resolve("repository"));
        try {
            buildAndRun(repository);
        } finally {
            unlink(repository);
            unlink(repository.resolve("io"));
        }
    }

    private static boolean hasMaven() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "mvn")));
    }

    private void buildAndRun(Path repository) throws Exception {
        String printed = install(repository);
        String dependency = printed.substring(
                printed.indexOf("<dependency>"), printed.indexOf("</dependency>") + "</dependency>".length());
        Path sources = Files.createDirectories(folder.resolve("src/main/java"));
        Files.writeString(sources.resolve("Cars.java"), """
            import io.ibid.*;
            import java.util.Map;

            public final class Cars {
                public static void main(String[] args) {
                    try (Ditto ditto = DittoFactory.create(
                            new DittoConfig.Builder("cars").persistenceDirectory("./cars").build())) {
                        ditto.store.execute("INSERT INTO cars DOCUMENTS (:car)", Map.of("car", Map.of("_id", 1, "color", "red")));
                        System.out.println(ditto.store.execute("SELECT * FROM cars").getItems().getFirst().getJsonString());
                    }
                }
            }
            """);
        Files.writeString(folder.resolve("pom.xml"), """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>example</groupId><artifactId>cars</artifactId><version>1</version>
              <properties>
                <maven.compiler.release>21</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>%s</dependencies>
              <build><pluginManagement><plugins>%s</plugins></pluginManagement></build>
            </project>
            """.formatted(dependency, pluginVersions()));
        Path classPath = folder.resolve("class-path");
        run(List.of(
                "mvn",
                "-B",
                "-o",
                "-q",
                "-Dmaven.repo.local=" + repository,
                "-Dmdep.outputFile=" + classPath,
                "compile",
                "dependency:build-classpath"));
        String libraries = Files.readString(classPath).strip();
        assertThat(libraries).contains("ibid-core-0.1.0.jar", "rocksdbjni");
        assertThat(run(List.of(
                        tool("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        folder.resolve("target/classes") + File.pathSeparator + libraries,
                        "Cars")))
                .contains("{\"_id\":1,\"color\":\"red\"}");
    }

    /** The plugins of our own build, in its versions: those are on this machine. */
    private static String pluginVersions() throws IOException {
        String pom = Files.readString(root().resolve("pom.xml"));
        String managed = pom.substring(pom.indexOf("<pluginManagement>"), pom.indexOf("</pluginManagement>"));
        return managed.substring(managed.indexOf("<plugins>") + "<plugins>".length(), managed.indexOf("</plugins>"));
    }

    /** A repository that has what the one of this machine has, but for our own artifacts. */
    private static Path libraries(Path repository) throws IOException {
        Path known = InstallCommand.standardRepository(Path.of(System.getProperty("user.home")));
        link(known, repository, "io");
        link(known.resolve("io"), repository.resolve("io"), "ibid");
        return repository;
    }

    private static void link(Path from, Path to, String except) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    /** So that nobody who clears the folder follows a link. */
    private static void unlink(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.filter(Files::isSymbolicLink).toList()) {
                Files.delete(entry);
            }
        }
    }
}
