package io.ibid;

/** Which transport a condition is about. */
public enum DittoConditionSource {
    Bluetooth,
    Tcp,
    Mdns,
    WifiAware,
    WebSocket,
    Unknown
}
