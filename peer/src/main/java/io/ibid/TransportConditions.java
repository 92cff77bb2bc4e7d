package io.ibid;

import io.ibid.peer.sdk.Watches;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** The conditions of the transports of one instance. Thread-safe. */
final class TransportConditions {
    private static final long LOOK_MS = 200;

    private final Watches watches;
    private volatile Map<DittoConditionSource, DittoTransportCondition> conditions = Map.of();

    TransportConditions(Watches watches) {
        this.watches = watches;
        set(DittoConditionSource.Bluetooth, DittoTransportCondition.NoBleHardware);
        set(DittoConditionSource.WifiAware, DittoTransportCondition.WifiDisabled);
    }

    synchronized void set(DittoConditionSource source, DittoTransportCondition condition) {
        Map<DittoConditionSource, DittoTransportCondition> changed = new EnumMap<>(DittoConditionSource.class);
        changed.putAll(conditions);
        changed.put(source, condition);
        conditions = Collections.unmodifiableMap(changed);
    }

    DittoAsyncCancellable observe(Ditto.TransportConditionListener listener) {
        Map<DittoConditionSource, DittoTransportCondition> told = new EnumMap<>(DittoConditionSource.class);
        return watches.watch(LOOK_MS, () -> conditions, now -> {
            for (Map.Entry<DittoConditionSource, DittoTransportCondition> entry : now.entrySet()) {
                if (told.put(entry.getKey(), entry.getValue()) != entry.getValue()) {
                    listener.onTransportConditionChanged(
                            new DittoTransportConditionEvent(entry.getKey(), entry.getValue()));
                }
            }
        })::cancel;
    }
}
