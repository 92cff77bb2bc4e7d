package io.ibid.transports;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Wi-Fi Aware. Kept and given back; this library has none, and its transport reports the condition {@code WifiDisabled}. Not thread-safe; an instance takes a copy. */
public final class DittoWifiAwareConfig {
    private boolean enabled;

    /** Off by default. */
    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    DittoWifiAwareConfig copy() {
        DittoWifiAwareConfig copy = new DittoWifiAwareConfig();
        copy.enabled = enabled;
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoWifiAwareConfig that && enabled == that.enabled;
    }

    @Override
    public int hashCode() {
        return Objects.hash(enabled);
    }

    @Override
    public String toString() {
        return "DittoWifiAwareConfig[enabled=" + enabled + "]";
    }

    /** Edits a configuration; not thread-safe. */
    public static final class Builder {
        private final DittoWifiAwareConfig config;

        public Builder() {
            this(new DittoWifiAwareConfig());
        }

        Builder(DittoWifiAwareConfig config) {
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

        public DittoWifiAwareConfig build() {
            return config.copy();
        }
    }
}
