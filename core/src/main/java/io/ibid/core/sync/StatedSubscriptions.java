package io.ibid.core.sync;

import io.ibid.core.env.Timers;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.query.StatementOptions;
import io.ibid.core.query.SubscriptionQuery;
import io.ibid.core.query.Target;
import io.ibid.core.store.SystemCollection;
import io.ibid.core.value.DocumentId;
import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code system:sync_subscriptions}: what this database wants of its partners, whoever asked for it. Operators ask with INSERT and stop
 * with DELETE, while it runs. What the application around the database has asked for stays until the application cancels it. Any thread.
 */
final class StatedSubscriptions implements SystemCollection {
    private static final int STATED_MAX = 4_096;

    private final Subscriptions subscriptions;
    private final Partners partners;
    private final Timers timers;
    private final Supplier<StatementOptions> options;
    /** By the ids of their rows. */
    private final ConcurrentSkipListMap<String, SubscriptionQuery> stated = new ConcurrentSkipListMap<>();
    /** Rows that were deleted and that the loop has not heard of yet. */
    private final ConcurrentSkipListSet<String> leaving = new ConcurrentSkipListSet<>();

    StatedSubscriptions(
            Subscriptions subscriptions, Partners partners, Timers timers, Supplier<StatementOptions> options) {
        this.subscriptions = subscriptions;
        this.partners = partners;
        this.timers = timers;
        this.options = options;
    }

    @Override
    public String name() {
        return "sync_subscriptions";
    }

    /** Whoever has added or deleted a row sees that at once, although the loop hears of it a little later. */
    @Override
    public List<Value.Struct> rows() {
        List<Value.Struct> rows = new ArrayList<>();
        SortedSet<String> shown = new TreeSet<>();
        for (Value.Struct row : partners.subscriptionRows()) {
            String id = row.get("_id") instanceof Value.Text text ? text.value() : "";
            if (!leaving.contains(id)) {
                shown.add(id);
                rows.add(row);
            }
        }
        stated.forEach((id, query) -> {
            if (!shown.contains(id)) {
                rows.add(StatusRows.waiting(query));
            }
        });
        return rows;
    }

    @Override
    public @Nullable DocumentId insert(Value.Struct row, Target.Conflict policy) {
        SubscriptionQuery query = query(row);
        String id = query.name();
        if (!row.get("_id").equals(Value.MISSING) && !row.get("_id").equals(Value.of(id))) {
            throw refused("the _id of a subscription is made of its query and args, leave it out");
        }
        if (stated.size() >= STATED_MAX) {
            throw refused("there are " + STATED_MAX + " subscriptions already");
        }
        if (stated.putIfAbsent(id, query) != null) {
            if (policy == Target.Conflict.FAIL) {
                throw refused(
                        "Identifier conflict on document " + Json.write(Value.of(id)) + ": using FAIL conflict policy");
            }
            return null;
        }
        leaving.remove(id);
        onLoop(() -> subscriptions.add(query));
        return DocumentId.of(Value.of(id));
    }

    private SubscriptionQuery query(Value.Struct row) {
        for (int i = 0; i < row.size(); i++) {
            String field = row.name(i);
            if (!List.of("_id", "query", "args").contains(field)) {
                throw refused("a subscription has a query and args, and no " + field);
            }
        }
        if (!(row.get("query") instanceof Value.Text(String text))) {
            throw refused("a subscription needs its query as a text, such as 'SELECT * FROM cars'");
        }
        Value given = row.get("args");
        if (given instanceof Value.Missing || given.equals(Value.NULL)) {
            return checked(text, Value.Struct.EMPTY);
        }
        if (given instanceof Value.Struct arguments) {
            return checked(text, arguments);
        }
        throw refused("the args of a subscription are an object");
    }

    private SubscriptionQuery checked(String text, Value.Struct arguments) {
        SubscriptionQuery query = SubscriptionQuery.prepare(text, options.get(), arguments);
        if (query.isSystem()) {
            throw refused("system: collections are not synced");
        }
        return query;
    }

    private static IbidException refused(String text) {
        return new IbidException(ErrorCode.QUERY_EVALUATION, text);
    }

    @Override
    public boolean delete(DocumentId id) {
        if (!(id.value() instanceof Value.Text(String name))) {
            return false;
        }
        SubscriptionQuery query = stated.remove(name);
        if (query == null) {
            return false;
        }
        leaving.add(name);
        onLoop(() -> subscriptions.remove(query));
        timers.after(0, () -> leaving.remove(name));
        return true;
    }

    private void onLoop(Runnable change) {
        timers.after(0, () -> {
            change.run();
            partners.show();
        });
    }
}
