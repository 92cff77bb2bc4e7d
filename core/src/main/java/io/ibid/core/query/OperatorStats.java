package io.ibid.core.query;

import io.ibid.core.value.Value;

/** What one operator of a plan did in one execution. Confined to it. */
final class OperatorStats {
    /** Rows that came in, and rows that went on. */
    long in;

    long out;

    /** Nanoseconds spent computing, and in the store; those of the operators below not included. */
    long computingNs;

    long storeNs;

    /** Members that are zero are left out. */
    Value tree() {
        Value.Struct.Builder phases = Value.Struct.builder();
        put(phases, "exec", computingNs);
        put(phases, "stor", storeNs);
        Value.Struct times = phases.build();
        Value.Struct.Builder stats = Value.Struct.builder();
        put(stats, "documentsIn", in);
        put(stats, "documentsOut", out);
        if (times.size() > 0) {
            stats.put("phaseTimes", times);
        }
        return stats.build();
    }

    private static void put(Value.Struct.Builder builder, String name, long value) {
        if (value > 0) {
            builder.put(name, Value.of(value));
        }
    }
}
