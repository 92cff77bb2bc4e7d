package io.ibid.core.database;

import io.ibid.core.query.StatementOptions;
import io.ibid.core.settings.Catalogue;
import io.ibid.core.settings.ParameterValues;
import io.ibid.core.store.ReadSettings;
import io.ibid.core.store.WriteSettings;
import io.ibid.core.value.FieldType;
import io.ibid.core.value.Value;

/**
 * What the parameters mean for the statements that begin now. Immutable; made once per change of a parameter.
 *
 * @param options how statements are bound where the caller has no wish of its own
 * @param reading how they look at documents
 * @param writing how they bound documents
 */
public record StatementSettings(
        ParameterValues values, StatementOptions options, ReadSettings reading, WriteSettings writing) {

    static StatementSettings of(ParameterValues values) {
        boolean strict = values.get(Catalogue.DQL_STRICT_MODE);
        Value selectStrict = values.get(Catalogue.DQL_SELECT_STRICT_MODE);
        StatementOptions options = new StatementOptions(
                strict,
                selectStrict instanceof Value.Bool(boolean own) ? own : strict,
                FieldType.valueOf(values.get(Catalogue.DQL_OBJECT_DEFAULT)),
                values.get(Catalogue.DQL_RESTRICT_SUBSCRIPTIONS),
                values.get(Catalogue.DQL_DEFAULT_DIRECTIVES) instanceof Value.Struct directives
                        ? directives
                        : Value.Struct.EMPTY);
        ReadSettings reading = new ReadSettings(values.get(Catalogue.HIDE_HUSKED_DOCUMENTS));
        WriteSettings writing = new WriteSettings(
                reading,
                values.get(Catalogue.DOCUMENT_SIZE_SOFT_LIMIT_BYTES),
                values.get(Catalogue.DOCUMENT_SIZE_HARD_LIMIT_BYTES));
        return new StatementSettings(values, options, reading, writing);
    }

    /** The options of a caller that says how fields are typed, like an endpoint of HTTP. */
    public StatementOptions options(boolean strict) {
        return new StatementOptions(
                strict, strict, options.objectDefault(), options.restrictSubscriptions(), options.directives());
    }
}
