package io.ibid.core.query;

import static io.ibid.core.error.ErrorCode.QUERY_EVALUATION;

import io.ibid.core.query.syntax.Expression;
import io.ibid.core.query.syntax.QueryException;
import org.jspecify.annotations.Nullable;

/**
 * One JOIN of a SELECT. Immutable.
 *
 * @param outer whether rows of the terms before that find no partner go on alone
 * @param access how the rows of its term are found while one of the terms before is at hand
 * @param gate what the condition says of the rows before alone, of an outer join; null: nothing
 * @param on the condition as written, bound
 * @param after what WHERE says of the joined rows, of an outer join, because a row that goes on alone has to meet it too; null: nothing
 * @param text of the statement, for messages
 */
record Joined(
        boolean outer,
        Access access,
        Demand demand,
        @Nullable Compiled gate,
        Expression on,
        @Nullable Compiled after,
        String text) {

    /**
     * The joined rows over those of the terms before.
     *
     * @throws QueryException when every row of the term would have to be read for each of them
     */
    Plan over(Plan rows, Source source, Scope scope) {
        Plan inner = AccessChooser.choose(access, demand, source, scope).rows();
        if (!access.mayBeScanned() && isScan(inner)) {
            Term term = access.term();
            throw QueryException.at(
                    QUERY_EVALUATION,
                    "Joining to \"" + term.alias()
                            + "\" disallowed without appropriate index support. Please run ADVISE for recommendations.",
                    text,
                    term.at());
        }
        Plan joined = new Plan.Join(rows, inner, access.index(), outer, gate, on);
        return after == null ? joined : new Plan.Filter(joined, after, Restriction.OPAQUE_SHARE);
    }

    private static boolean isScan(Plan plan) {
        return switch (plan) {
            case Plan.Scan scan -> true;
            case Plan.Filter filter -> isScan(filter.input());
            default -> false;
        };
    }
}
