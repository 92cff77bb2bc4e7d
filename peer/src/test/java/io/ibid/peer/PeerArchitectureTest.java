package io.ibid.peer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The peer executes what the core decides: each effect has one package, and nothing below knows the public API. */
class PeerArchitectureTest {
    private static final Pattern SOCKETS =
            Pattern.compile("java\\.net\\.(http\\..*|.*Socket(?!Address).*|HttpURLConnection)"
                    + "|java\\.nio\\.channels\\..*Socket.*|javax\\.net\\..*");

    private static final DescribedPredicate<JavaClass> ARE_SOCKETS = DescribedPredicate.describe(
            "are sockets",
            type -> SOCKETS.matcher(type.getBaseComponentType().getName()).matches());

    private static final JavaClasses IBID = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("io.ibid");

    @Test
    void only_its_own_package_knows_rocksdb() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.ibid.peer.rocksdb..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.rocksdb..")
                .check(IBID);
    }

    @Test
    void only_the_transport_opens_sockets() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.ibid.peer.transport..")
                .should()
                .dependOnClassesThat(ARE_SOCKETS)
                .check(IBID);
    }

    /** SLF4J complains aloud when it is asked for a logger and the application has no provider. */
    @Test
    void loggers_of_the_library_come_from_one_place() {
        noClasses()
                .that()
                .resideInAnyPackage("io.ibid", "io.ibid.core..", "io.ibid.peer..", "io.ibid.legacy..")
                .and()
                .haveNameNotMatching("io\\.ibid\\.(core\\.env\\.Logs|peer\\.logging\\.LogRouter)(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.slf4j.LoggerFactory")
                .check(IBID);
    }

    @Test
    void nothing_below_imports_the_public_api() {
        noClasses()
                .that()
                .resideInAnyPackage("io.ibid.core..", "io.ibid.peer..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.ibid", "io.ibid.serialization..", "io.ibid.transports..", "io.ibid.legacy.."))
                .check(IBID);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching("io.ibid.peer.(*)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(IBID);
    }
}
