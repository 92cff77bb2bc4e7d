package io.ibid.core.settings;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.error.NearestName;
import io.ibid.core.value.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are kept in {@code system:request_history}, {@code dql_request_history_qualifiers}. A request is kept when it meets one
 * of the conditions that are set; without any nothing is kept.
 *
 * @param thresholdMs those that took at least so long; negative: not a condition
 * @param error those that failed
 */
public record HistoryQualifiers(long thresholdMs, boolean error) {

    /** The condition that a request meets, null for none. */
    public @Nullable String qualifier(long elapsedMs, boolean failed) {
        if (error && failed) {
            return ERROR;
        }
        return thresholdMs >= 0 && elapsedMs >= thresholdMs ? THRESHOLD : null;
    }

    private static final String ERROR = "error";
    private static final String THRESHOLD = "threshold_ms";

    /** Objects of conditions. */
    enum Conditions implements Domain<HistoryQualifiers> {
        ONLY;

        private static final List<String> NAMES = List.of(ERROR, THRESHOLD);

        @Override
        public Value accept(String parameter, Value given) {
            if (!(given instanceof Value.Struct struct)) {
                throw refusal(parameter, given);
            }
            Value.Struct.Builder canonical = Value.Struct.builder(struct.size());
            for (int i = 0; i < struct.size(); i++) {
                String name = struct.name(i);
                canonical.put(
                        name,
                        switch (name) {
                            case ERROR -> Flag.ONLY.accept(name, struct.value(i));
                            case THRESHOLD -> Whole.from(0).accept(name, struct.value(i));
                            default ->
                                throw new IbidException(
                                        ErrorCode.QUERY_EVALUATION,
                                        "unknown qualifier '" + name + "', did you mean '" + NearestName.of(name, NAMES)
                                                + "'?");
                        });
            }
            return canonical.build();
        }

        @Override
        public HistoryQualifiers read(Value accepted) {
            Value.Struct struct = (Value.Struct) accepted;
            long thresholdMs = struct.get(THRESHOLD) instanceof Value.Int(long number) ? number : -1;
            return new HistoryQualifiers(thresholdMs, struct.get(ERROR).equals(Value.TRUE));
        }

        @Override
        public String text() {
            return "an object of `threshold_ms` and `error`";
        }
    }
}
