package io.ibid.core.query;

import io.ibid.core.value.FieldType;
import io.ibid.core.value.Value;

/**
 * The settings that a statement is bound with; together with the text they are the key under which it can be cached.
 *
 * @param strict writes are typed strictly ({@code dql_strict_mode})
 * @param selectStrict reads are typed strictly; follows {@code strict} when {@code dql_select_strict_mode} is null
 * @param objectDefault {@code dql_object_default}; has an effect only when {@code strict} is on and {@code selectStrict} is off
 * @param restrictSubscriptions subscriptions may not have LIMIT or ORDER BY
 * @param directives what every statement is planned with unless it says otherwise ({@code dql_default_directives})
 */
public record StatementOptions(
        boolean strict,
        boolean selectStrict,
        FieldType objectDefault,
        boolean restrictSubscriptions,
        Value.Struct directives) {

    /** Strict mode off, as version 5 has it. */
    public static final StatementOptions FLEXIBLE = new StatementOptions(false);

    /** Strict mode on, as the HTTP endpoint of version 4 has it. */
    public static final StatementOptions STRICT = new StatementOptions(true);

    public StatementOptions(boolean strict) {
        this(strict, strict, FieldType.REGISTER, true);
    }

    public StatementOptions(
            boolean strict, boolean selectStrict, FieldType objectDefault, boolean restrictSubscriptions) {
        this(strict, selectStrict, objectDefault, restrictSubscriptions, Value.Struct.EMPTY);
    }
}
