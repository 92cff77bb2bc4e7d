package io.ibid.transports;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Bluetooth LE. Kept and given back; this library has no Bluetooth, and its transport reports the condition {@code NoBleHardware}. Not thread-safe; an instance takes a copy. */
public final class DittoBluetoothLeConfig {
    private boolean enabled;

    /** Off by default. */
    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    DittoBluetoothLeConfig copy() {
        DittoBluetoothLeConfig copy = new DittoBluetoothLeConfig();
        copy.enabled = enabled;
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoBluetoothLeConfig that && enabled == that.enabled;
    }

    @Override
    public int hashCode() {
        return Objects.hash(enabled);
    }

    @Override
    public String toString() {
        return "DittoBluetoothLeConfig[enabled=" + enabled + "]";
    }

    /** Edits a configuration; not thread-safe. */
    public static final class Builder {
        private final DittoBluetoothLeConfig config;

        public Builder() {
            this(new DittoBluetoothLeConfig());
        }

        Builder(DittoBluetoothLeConfig config) {
            this.config = config;
        }

        /** Off by default. */
        public boolean isEnabled() {
            return config.enabled;
        }

        public void setEnabled(boolean enabled) {
            config.setEnabled(enabled);
        }

        public Builder isEnabled(boolean enabled) {
            setEnabled(enabled);
            return this;
        }

        public DittoBluetoothLeConfig build() {
            return config.copy();
        }
    }
}
