package io.ibid.core.query;

import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the warnings of one preparation or execution. Keeps the first ten and counts the rest. */
final class Warnings {
    private static final int KEPT_MAX = 10;

    private final List<Warning> kept = new ArrayList<>(0);
    private final Map<String, Long> countsByText = new LinkedHashMap<>(0);
    private long total;

    void add(String description) {
        add(new Warning(null, description));
    }

    void add(Value id, String description) {
        add(new Warning(id, description));
    }

    void add(Warning warning) {
        total++;
        if (kept.size() < KEPT_MAX) {
            kept.add(warning);
        }
    }

    /** Counts something that happens per row; it becomes one warning with its count. */
    void count(String text) {
        Long before = countsByText.get(text);
        countsByText.put(text, before == null ? 1 : before + 1);
    }

    boolean isEmpty() {
        return total == 0 && countsByText.isEmpty();
    }

    void addAll(Warnings others) {
        others.kept.forEach(this::add);
        total += others.total - others.kept.size();
        others.countsByText.forEach((text, count) -> countsByText.merge(text, count, Long::sum));
    }

    List<Warning> list() {
        List<Warning> list = new ArrayList<>(kept);
        countsByText.forEach((text, count) -> {
            if (list.size() < KEPT_MAX) {
                list.add(new Warning(null, text + (count == 1 ? " once" : " " + count + " times")));
            }
        });
        return List.copyOf(list);
    }

    long total() {
        return total + countsByText.size();
    }
}
