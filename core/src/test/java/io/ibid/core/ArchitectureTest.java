package io.ibid.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import io.ibid.core.architecture.Forbidden;
import io.ibid.core.architecture.Offender;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the core to its design: who may import whom, and nothing that would make two runs of one seed differ. The simulator is
 * only worth something as long as these hold, because it replays the core and nothing else.
 */
class ArchitectureTest {
    private static final String ROOT = "io.ibid.core.";

    /** Each package of the core and the packages that it may import, besides itself and {@code error}. */
    private static final TreeMap<String, List<String>> IMPORTS = new TreeMap<>();

    static {
        IMPORTS.put("error", List.of());
        IMPORTS.put("value", List.of());
        IMPORTS.put("storage", List.of());
        IMPORTS.put("env", List.of("storage"));
        IMPORTS.put("crdt", List.of("value"));
        IMPORTS.put("query", List.of("value", "env"));
        IMPORTS.put("index", List.of("query", "storage", "value", "env"));
        IMPORTS.put("store", List.of("index", "query", "crdt", "storage", "value", "env"));
        IMPORTS.put("live", List.of("store", "query", "value", "env"));
        IMPORTS.put("attachment", List.of("store", "value", "env"));
        IMPORTS.put("sync", List.of("store", "settings", "query", "crdt", "storage", "value", "env"));
        IMPORTS.put("mesh", List.of("value", "env"));
        IMPORTS.put("settings", List.of("query", "value"));
        IMPORTS.put(
                "database",
                List.of(
                        "attachment",
                        "crdt",
                        "env",
                        "index",
                        "live",
                        "mesh",
                        "query",
                        "settings",
                        "storage",
                        "store",
                        "sync",
                        "value"));
    }

    private static final JavaClasses CORE =
            new ClassFileImporter().withImportOption(MainClasses.ONLY).importPackages("io.ibid.core");

    static SortedSet<String> packages() {
        return new TreeSet<>(IMPORTS.keySet());
    }

    @Test
    void every_package_of_the_core_has_its_arrows() {
        TreeSet<String> found = new TreeSet<>();
        for (JavaClass type : CORE) {
            found.add(type.getPackageName().substring(ROOT.length()).replaceFirst("\\..*", ""));
        }
        assertThat(found).isSubsetOf(IMPORTS.keySet()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void a_package_imports_only_what_its_arrows_allow(String name) {
        TreeSet<String> allowed = new TreeSet<>(IMPORTS.get(name));
        allowed.add(name);
        allowed.add("error");
        String[] patterns = allowed.stream().map(target -> ROOT + target + "..").toArray(String[]::new);
        classes()
                .that()
                .resideInAPackage(ROOT + name + "..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(patterns).or(resideOutsideOfPackages("io.ibid..")))
                .allowEmptyShould(true)
                .check(CORE);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("io.ibid.core.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void the_core_uses_the_jdk_and_two_libraries() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "io.ibid.core..", "java..", "org.slf4j..", "com.google.re2j..", "org.jspecify.annotations.."))
                .check(CORE);
    }

    @Test
    void the_core_has_no_sockets_files_threads_locks_or_timers() {
        NO_EFFECTS.check(CORE);
        NO_LOCKING.check(CORE);
    }

    @Test
    void the_core_reads_no_clock_draws_no_random_number_and_iterates_nothing_in_salted_order() {
        NOTHING_UNREPEATABLE.check(CORE);
    }

    @Test
    void apply_reaches_neither_clock_nor_randomness() {
        APPLY_IS_PURE.check(CORE);
    }

    @Test
    void the_rules_see_what_they_forbid() {
        JavaClasses offender = new ClassFileImporter().importClasses(Offender.class);
        String effects =
                NO_EFFECTS.evaluate(offender).getFailureReport().getDetails().toString();
        assertThat(effects).contains("java.net.Socket", "java.io.File", "java.lang.Thread", "ReentrantLock");
        String unrepeatable = NOTHING_UNREPEATABLE
                .evaluate(offender)
                .getFailureReport()
                .getDetails()
                .toString();
        for (String call : List.of(
                "System.nanoTime",
                "Instant.now",
                "UUID.randomUUID",
                "java.util.HashMap.<init>",
                "java.util.HashSet.<init>",
                "Map.of",
                "Set.copyOf",
                "System.identityHashCode",
                "parallelStream",
                "java.util.Random.<init>",
                "Collectors.toSet")) {
            assertThat(unrepeatable).contains(call);
        }
        assertThat(NO_LOCKING.evaluate(offender).hasViolation()).isTrue();
    }

    private static final ArchRule NO_EFFECTS = noClasses()
            .should()
            .dependOnClassesThat(Forbidden.TYPES)
            .because("the world is reached through io.ibid.core.env only");

    private static final ArchRule NO_LOCKING = noMethods()
            .should()
            .haveModifier(JavaModifier.SYNCHRONIZED)
            .because("core classes are confined, not locked");

    private static final ArchRule NOTHING_UNREPEATABLE = noClasses()
            .should(ArchConditions.accessTargetWhere(
                    Forbidden.CALLS.onResultOf((JavaAccess<?> access) -> access.getTarget())))
            .because("the same seed must give the same run in every JVM");

    private static final ArchRule APPLY_IS_PURE = noClasses()
            .that()
            .haveNameMatching("io\\.ibid\\.core\\.store\\.Apply(\\$.*)?")
            .should()
            .transitivelyDependOnClassesThat()
            .haveNameMatching("io\\.ibid\\.core\\.env\\.(Clock|Randomness|Env)")
            .because("every replica applies the same Change to the same result")
            .allowEmptyShould(true);
}
