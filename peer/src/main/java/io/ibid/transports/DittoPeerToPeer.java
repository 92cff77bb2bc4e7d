package io.ibid.transports;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The transports that find peers by themselves. All off by default; an instance that was not configured has them on. Not thread-safe; an instance takes a copy. */
public final class DittoPeerToPeer {
    private DittoBluetoothLeConfig bluetoothLe = new DittoBluetoothLeConfig();
    private DittoLanConfig lan = new DittoLanConfig();
    private DittoWifiAwareConfig wifiAware = new DittoWifiAwareConfig();

    public DittoBluetoothLeConfig getBluetoothLe() {
        return bluetoothLe;
    }

    public void setBluetoothLe(DittoBluetoothLeConfig bluetoothLe) {
        this.bluetoothLe = Objects.requireNonNull(bluetoothLe, "bluetoothLe");
    }

    public DittoLanConfig getLan() {
        return lan;
    }

    public void setLan(DittoLanConfig lan) {
        this.lan = Objects.requireNonNull(lan, "lan");
    }

    public DittoWifiAwareConfig getWifiAware() {
        return wifiAware;
    }

    public void setWifiAware(DittoWifiAwareConfig wifiAware) {
        this.wifiAware = Objects.requireNonNull(wifiAware, "wifiAware");
    }

    void setAllEnabled(boolean on) {
        bluetoothLe.setEnabled(on);
        lan.setEnabled(on);
        wifiAware.setEnabled(on);
    }

    /** Independent of this one. */
    DittoPeerToPeer copy() {
        DittoPeerToPeer copy = new DittoPeerToPeer();
        copy.bluetoothLe = bluetoothLe.copy();
        copy.lan = lan.copy();
        copy.wifiAware = wifiAware.copy();
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DittoPeerToPeer that
                && bluetoothLe.equals(that.bluetoothLe)
                && lan.equals(that.lan)
                && wifiAware.equals(that.wifiAware);
    }

    @Override
    public int hashCode() {
        return Objects.hash(bluetoothLe, lan, wifiAware);
    }

    @Override
    public String toString() {
        return "DittoPeerToPeer[bluetoothLe=" + bluetoothLe + ", lan=" + lan + ", wifiAware=" + wifiAware + "]";
    }

    /** Edits a configuration; not thread-safe. */
    public static final class Builder {
        private final DittoPeerToPeer config;

        public Builder() {
            this(new DittoPeerToPeer());
        }

        Builder(DittoPeerToPeer config) {
            this.config = config;
        }

        /** Edits the part in place. */
        public DittoBluetoothLeConfig.Builder bluetoothLe() {
            return new DittoBluetoothLeConfig.Builder(config.bluetoothLe);
        }

        /** The same as {@link #bluetoothLe()}. */
        public DittoBluetoothLeConfig.Builder getBluetoothLe() {
            return bluetoothLe();
        }

        public Builder bluetoothLe(UpdateBluetoothLeConfig update) {
            update.update(bluetoothLe());
            return this;
        }

        /** Replaces the part by a copy of this one. */
        public Builder setBluetoothLe(DittoBluetoothLeConfig bluetoothLe) {
            config.setBluetoothLe(bluetoothLe.copy());
            return this;
        }

        /** Edits the part in place. */
        public DittoLanConfig.Builder lan() {
            return new DittoLanConfig.Builder(config.lan);
        }

        /** The same as {@link #lan()}. */
        public DittoLanConfig.Builder getLan() {
            return lan();
        }

        public Builder lan(UpdateLanConfig update) {
            update.update(lan());
            return this;
        }

        /** Replaces the part by a copy of this one. */
        public Builder setLan(DittoLanConfig lan) {
            config.setLan(lan.copy());
            return this;
        }

        /** Edits the part in place. */
        public DittoWifiAwareConfig.Builder wifiAware() {
            return new DittoWifiAwareConfig.Builder(config.wifiAware);
        }

        /** The same as {@link #wifiAware()}. */
        public DittoWifiAwareConfig.Builder getWifiAware() {
            return wifiAware();
        }

        public Builder wifiAware(UpdateWifiAwareConfig update) {
            update.update(wifiAware());
            return this;
        }

        /** Replaces the part by a copy of this one. */
        public Builder setWifiAware(DittoWifiAwareConfig wifiAware) {
            config.setWifiAware(wifiAware.copy());
            return this;
        }

        public DittoPeerToPeer build() {
            return config.copy();
        }

        /** Edits {@link DittoBluetoothLeConfig}. */
        @FunctionalInterface
        public interface UpdateBluetoothLeConfig {
            void update(DittoBluetoothLeConfig.Builder bluetoothLe);
        }

        /** Edits {@link DittoLanConfig}. */
        @FunctionalInterface
        public interface UpdateLanConfig {
            void update(DittoLanConfig.Builder lan);
        }

        /** Edits {@link DittoWifiAwareConfig}. */
        @FunctionalInterface
        public interface UpdateWifiAwareConfig {
            void update(DittoWifiAwareConfig.Builder wifiAware);
        }
    }
}
