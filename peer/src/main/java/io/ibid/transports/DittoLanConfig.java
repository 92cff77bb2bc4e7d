package io.ibid.transports;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Peers on the same network. Not thread-safe; an instance takes a copy. */
public final class DittoLanConfig {
    private boolean enabled;
    private boolean mdnsEnabled = true;
    private boolean multicastEnabled = true;

    /** Off by default. */
    public boolean isEnabled() {
        return enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** Whether peers are found with mDNS. */
    public boolean isMdnsEnabled() {
        return mdnsEnabled;
    }

    public void setMdnsEnabled(boolean mdnsEnabled) {
        this.mdnsEnabled = mdnsEnabled;
    }

    /** Whether peers are found by UDP multicast, a transport that the original has given up. */
    @Deprecated
    public boolean isMulticastEnabled() {
        return multicastEnabled;
    }

    @Deprecated
    public void setMulticastEnabled(boolean multicastEnabled) {
        this.multicastEnabled = multicastEnabled;
    }

    DittoLanConfig copy() {
        DittoLanConfig copy = new DittoLanConfig();
        copy.enabled = enabled;
        copy.mdnsEnabled = mdnsEnabled;
        copy.multicastEnabled = multicastEnabled;
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoLanConfig that
                && enabled == that.enabled
                && mdnsEnabled == that.mdnsEnabled
                && multicastEnabled == that.multicastEnabled;
    }

    @Override
    public int hashCode() {
        return Objects.hash(enabled, mdnsEnabled, multicastEnabled);
    }

    @Override
    public String toString() {
        return "DittoLanConfig[enabled=" + enabled + ", mdnsEnabled=" + mdnsEnabled + ", multicastEnabled="
                + multicastEnabled + "]";
    }

    /** Edits a configuration; not thread-safe. */
    public static final class Builder {
        private final DittoLanConfig config;

        public Builder() {
            this(new DittoLanConfig());
        }

        Builder(DittoLanConfig config) {
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

        /** Whether peers are found with mDNS. */
        public boolean isMdnsEnabled() {
            return config.mdnsEnabled;
        }

        public void setMdnsEnabled(boolean mdnsEnabled) {
            config.setMdnsEnabled(mdnsEnabled);
        }

        public Builder mdnsEnabled(boolean mdnsEnabled) {
            setMdnsEnabled(mdnsEnabled);
            return this;
        }

        /** Whether peers are found by UDP multicast, a transport that the original has given up. */
        @Deprecated
        public boolean isMulticastEnabled() {
            return config.multicastEnabled;
        }

        @Deprecated
        public void setMulticastEnabled(boolean multicastEnabled) {
            config.setMulticastEnabled(multicastEnabled);
        }

        @Deprecated
        public Builder multicastEnabled(boolean multicastEnabled) {
            setMulticastEnabled(multicastEnabled);
            return this;
        }

        public DittoLanConfig build() {
            return config.copy();
        }
    }
}
