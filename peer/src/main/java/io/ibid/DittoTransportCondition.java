package io.ibid;

/** How a transport is. */
public enum DittoTransportCondition {
    Unknown,
    Ok,
    GenericFailure,
    AppInBackground,
    MdnsFailure,
    TcpListenFailure,
    NoBleCentralPermission,
    NoBlePeripheralPermission,
    CannotEstablishConnection,
    BleDisabled,
    NoBleHardware,
    WifiDisabled,
    TemporarilyUnavailable
}
