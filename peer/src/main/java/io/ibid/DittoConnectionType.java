package io.ibid;

import java.util.Locale;

/** How two peers are connected. */
public enum DittoConnectionType {
    BLUETOOTH("Bluetooth"),
    /** TCP over a network. */
    ACCESS_POINT("AccessPoint"),
    P2PWIFI("P2PWiFi"),
    WEBSOCKET("WebSocket");

    private final String text;

    DittoConnectionType(String text) {
        this.text = text;
    }

    /** As JSON calls it: {@code Bluetooth}, {@code AccessPoint}, {@code P2PWiFi} or {@code WebSocket}. */
    public String jsonName() {
        return text;
    }

    /** Of a link that the engine calls {@code tcp}, {@code websocket} and so on. */
    static DittoConnectionType of(String transport) {
        return switch (transport.toLowerCase(Locale.ROOT)) {
            case "bluetooth" -> BLUETOOTH;
            case "websocket", "ws" -> WEBSOCKET;
            default -> ACCESS_POINT;
        };
    }
}
