package io.ibid;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What was public when {@code public-api.txt} was last written still is, member by member: callers do not break unseen. After a change
 * that is meant, and to protect what is new, run this test with {@code -Dibid.api.write=FILE} and look at the difference.
 */
class PublicApiTest {
    private static final List<String> PACKAGES = List.of("io/ibid", "io/ibid/serialization", "io/ibid/transports");

    @Test
    void the_public_surface_is_the_one_that_was_agreed_on() throws Exception {
        List<String> surface = surface();
        String target = System.getProperty("ibid.api.write");
        if (target != null) {
            Files.write(Path.of(target), surface);
        }
        List<String> agreed;
        try (InputStream golden = PublicApiTest.class.getResourceAsStream("/public-api.txt")) {
            agreed = new String(golden.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
        assertThat(surface).hasSizeGreaterThan(500);
        assertThat(agreed)
                .as("members that callers had")
                .allSatisfy(member -> assertThat(surface).contains(member));
    }

    private static List<String> surface() throws Exception {
        Set<String> lines = new TreeSet<>();
        for (String folder : PACKAGES) {
            for (Class<?> type : classesIn(folder)) {
                if (isVisible(type)) {
                    describe(type, lines);
                }
            }
        }
        return List.copyOf(lines);
    }

    private static List<Class<?>> classesIn(String folder) throws IOException, URISyntaxException {
        Path root = Path.of(
                Ditto.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Class<?>> classes = new ArrayList<>();
        try (Stream<Path> files = Files.list(root.resolve(folder))) {
            for (Path file : files.filter(it -> it.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                String name = folder.replace('/', '.') + "."
                        + file.getFileName().toString().replace(".class", "");
                if (!name.endsWith("package-info")) {
                    classes.add(load(name));
                }
            }
        }
        return classes;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, PublicApiTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static boolean isVisible(Class<?> type) {
        Class<?> outer = type.getDeclaringClass();
        return Modifier.isPublic(type.getModifiers())
                && !type.isAnonymousClass()
                && !type.isLocalClass()
                && (outer == null || isVisible(outer));
    }

    private static void describe(Class<?> type, Set<String> lines) {
        String name = type.getName().replace('$', '.');
        lines.add(kind(type) + " " + name + ancestors(type));
        for (Field field : type.getFields()) {
            if (field.getDeclaringClass() == type) {
                lines.add(name + "." + field.getName() + ": " + text(field.getGenericType()));
            }
        }
        for (Constructor<?> constructor : type.getConstructors()) {
            lines.add(name + "(" + texts(constructor.getGenericParameterTypes()) + ")"
                    + thrown(constructor.getExceptionTypes()));
        }
        for (Method method : type.getMethods()) {
            if (!method.isBridge()
                    && !method.isSynthetic()
                    && method.getDeclaringClass().getName().startsWith("io.ibid")
                    && !(isVisible(method.getDeclaringClass()) && method.getDeclaringClass() != type)) {
                lines.add(name + "." + (Modifier.isStatic(method.getModifiers()) ? "static " : "") + method.getName()
                        + "("
                        + texts(method.getGenericParameterTypes()) + "): " + text(method.getGenericReturnType())
                        + thrown(method.getExceptionTypes()));
            }
        }
    }

    private static String kind(Class<?> type) {
        return type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
    }

    private static String ancestors(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Class<?> above = type.getSuperclass();
                above != null && above != Object.class;
                above = above.getSuperclass()) {
            if (Modifier.isPublic(above.getModifiers())) {
                names.add(above.getName().replace('$', '.'));
                break;
            }
        }
        Arrays.stream(type.getInterfaces())
                .map(Class::getName)
                .map(it -> it.replace('$', '.'))
                .forEach(names::add);
        String components = type.isRecord()
                ? Arrays.stream(type.getRecordComponents())
                        .map(RecordComponent::getName)
                        .collect(Collectors.joining(", ", "(", ")"))
                : "";
        return components + (names.isEmpty() ? "" : " < " + String.join(", ", names));
    }

    private static String text(Type type) {
        return type.getTypeName()
                .replace('$', '.')
                .replace("java.lang.", "")
                .replace("java.util.concurrent.", "")
                .replace("java.util.", "");
    }

    private static String texts(Type[] types) {
        return Arrays.stream(types).map(PublicApiTest::text).collect(Collectors.joining(", "));
    }

    private static String thrown(Class<?>[] exceptions) {
        return exceptions.length == 0
                ? ""
                : " throws "
                        + Arrays.stream(exceptions)
                                .map(Class::getSimpleName)
                                .sorted()
                                .collect(Collectors.joining(", "));
    }
}
