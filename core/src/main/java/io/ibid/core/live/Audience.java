package io.ibid.core.live;

import io.ibid.core.query.LiveSelect;
import io.ibid.core.query.Row;
import io.ibid.core.query.Typing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The live queries over one collection. Confinement: loop. */
final class Audience {

    /** Those that read documents in the same way, so that a document is read once for all of them. */
    private record Group(Typing typing, Set<LiveQuery> queries, PredicateIndex<LiveQuery> index) {}

    private final List<Group> groups = new ArrayList<>();
    private List<Typing> typings = List.of();
    private final Set<LiveQuery> untestable = new LinkedHashSet<>();

    void add(LiveQuery query) {
        LiveSelect select = query.select();
        if (!select.isTestable()) {
            untestable.add(query);
            return;
        }
        Group group = group(select.typing());
        if (group == null) {
            group = new Group(select.typing(), new LinkedHashSet<>(), new PredicateIndex<>());
            groups.add(group);
            typings = groups.stream().map(Group::typing).toList();
        }
        group.queries.add(query);
        group.index.add(query, select.criteria());
    }

    void remove(LiveQuery query) {
        LiveSelect select = query.select();
        if (untestable.remove(query)) {
            return;
        }
        Group group = group(select.typing());
        if (group != null && group.queries.remove(query)) {
            group.index.remove(query, select.criteria());
            if (group.queries.isEmpty()) {
                groups.remove(group);
                typings = groups.stream().map(Group::typing).toList();
            }
        }
    }

    private @Nullable Group group(Typing typing) {
        for (Group group : groups) {
            if (group.typing.equals(typing)) {
                return group;
            }
        }
        return null;
    }

    boolean isEmpty() {
        return groups.isEmpty() && untestable.isEmpty();
    }

    /** The ways in which documents are read here. */
    List<Typing> typings() {
        return typings;
    }

    /** How many queries can be tested. */
    int size() {
        int size = 0;
        for (Group group : groups) {
            size += group.queries.size();
        }
        return size;
    }

    /** Shows the queries of which any change may concern each. */
    void forEachUntestable(Consumer<LiveQuery> action) {
        new ArrayList<>(untestable).forEach(action);
    }

    void forEachTestable(Consumer<LiveQuery> action) {
        for (Group group : groups) {
            new ArrayList<>(group.queries).forEach(action);
        }
    }

    /**
     * Shows the queries in which a document, read in this way, may have had a part before or may have one after; some of them twice.
     *
     * @return how many were shown
     */
    int find(Typing typing, @Nullable Row before, @Nullable Row after, Consumer<LiveQuery> found) {
        Group group = group(typing);
        return group == null ? 0 : group.index.find(before, after, found);
    }
}
