package io.ibid.core.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.ibid.core.query.syntax.Command;
import io.ibid.core.query.syntax.Expression;
import io.ibid.core.value.Value;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Counts what generated statements consist of and what their plans do. What there is to count is read off the records of the tree and of
 * the plan: each record, each constant of an enumeration, both values of a boolean, each optional part with and without it. So what is
 * added to the language is missed here as soon as it is written.
 */
final class Coverage {
    private static final List<Class<?>> HOSTS =
            List.of(Command.class, Expression.class, Plan.class, Span.class, IndexShape.class, Projector.class);
    private static final Map<Class<?>, List<Part>> PARTS = new LinkedHashMap<>();

    private final SortedMap<String, Integer> counts = new TreeMap<>();

    private record Part(RecordComponent component, String name, boolean nullable) {}

    void count(String thing) {
        counts.merge(thing, 1, Integer::sum);
    }

    void requireEach(Collection<String> things, int least) {
        assertThat(things.stream()
                        .filter(thing -> counts.getOrDefault(thing, 0) < least)
                        .map(thing -> thing + ": " + counts.getOrDefault(thing, 0))
                        .toList())
                .as("met less than %s times", least)
                .isEmpty();
    }

    SortedSet<String> names() {
        return new TreeSet<>(counts.keySet());
    }

    // ---- what there is

    /** Everything that a thing of this type can consist of. */
    static SortedSet<String> possible(Class<?> type) {
        SortedSet<String> names = new TreeSet<>();
        collect(type, names, new TreeSet<>());
        return names;
    }

    private static void collect(Class<?> type, SortedSet<String> names, SortedSet<String> seen) {
        if (!HOSTS.contains(type.getNestHost()) || !seen.add(type.getName())) {
            return;
        }
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(it -> collect(it, names, seen));
        }
        if (!type.isRecord()) {
            return;
        }
        names.add(name(type));
        for (Part part : parts(type)) {
            Class<?> of = part.component.getType();
            if (part.nullable) {
                names.add(part.name + " absent");
                names.add(part.name + " present");
            }
            if (of == boolean.class) {
                names.add(part.name + " true");
                names.add(part.name + " false");
            } else if (of.isEnum()) {
                Arrays.stream(of.getEnumConstants()).forEach(it -> names.add(part.name + " " + it));
            } else if (of == List.class) {
                String element = part.component.getGenericType().getTypeName().replaceAll("^.*<(.*)>$", "$1");
                HOSTS.stream()
                        .flatMap(host -> Arrays.stream(host.getNestMembers()))
                        .filter(it -> it.getName().equals(element))
                        .forEach(it -> collect(it, names, seen));
            } else {
                collect(of, names, seen);
            }
        }
    }

    private static String name(Class<?> type) {
        return type.getName().replaceAll("^.*\\.", "").replace('$', '.').replaceFirst("^(Expression|Command)\\.", "");
    }

    private static List<Part> parts(Class<?> type) {
        return PARTS.computeIfAbsent(
                type,
                it -> Arrays.stream(it.getRecordComponents())
                        .map(component -> {
                            component.getAccessor().setAccessible(true);
                            return new Part(
                                    component,
                                    name(type) + "." + component.getName(),
                                    component.getAnnotatedType().isAnnotationPresent(Nullable.class));
                        })
                        .toList());
    }

    // ---- what is met

    void add(Object thing) {
        if (thing instanceof Collection<?> things) {
            things.forEach(this::add);
        } else if (HOSTS.contains(thing.getClass().getNestHost()) && thing instanceof Record record) {
            addRecord(record);
        } else if (thing instanceof Value value) {
            count("literal " + NaiveFunctions.type(value));
        }
    }

    private void addRecord(Record record) {
        count(name(record.getClass()));
        if (record instanceof Expression.Call call) {
            count("function " + call.name().toLowerCase(Locale.ROOT));
        }
        for (Part part : parts(record.getClass())) {
            Object value = value(part, record);
            if (part.nullable) {
                count(part.name + (value == null ? " absent" : " present"));
            }
            if (value instanceof Boolean || value instanceof Enum) {
                count(part.name + " " + value);
            } else if (value != null) {
                add(value);
            }
        }
    }

    private static @Nullable Object value(Part part, Record record) {
        try {
            return part.component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(part.name, impossible);
        }
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
