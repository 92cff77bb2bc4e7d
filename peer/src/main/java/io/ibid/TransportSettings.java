package io.ibid;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.transports.DittoConnect;
import io.ibid.transports.DittoGlobalConfig;
import io.ibid.transports.DittoTcpListenConfig;
import io.ibid.transports.DittoTransportConfig;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What this version makes of a transport configuration. */
final class TransportSettings {
    private static final int RETRY_MS = 5_000;

    /** What this process was told already. */
    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private TransportSettings() {}

    /** Where to listen, as {@code host:port}. */
    static List<String> listen(DittoTransportConfig config) {
        DittoTcpListenConfig tcp = config.getListen().getTcp();
        return tcp.isEnabled() ? List.of(tcp.getInterfaceIp() + ":" + tcp.getPort()) : List.of();
    }

    /** Refuses what would otherwise silently not happen. */
    static void requireServed(DittoTransportConfig config) throws DittoException {
        if (!config.getConnect().getWebsocketUrls().isEmpty()) {
            throw unsupported("Connecting to WebSocket URLs", "use tcpServers");
        }
        if (config.getListen().getHttp().isEnabled()) {
            throw unsupported("Listening for HTTP", "use `ibid peer --http`");
        }
    }

    private static DittoException unsupported(String what, String instead) {
        return DittoException.of(ErrorCode.SDK_UNSUPPORTED.text(), what + " is not supported yet: " + instead, null);
    }

    /** Says once for each setting that is kept and has no effect. */
    static void warnOfInert(DittoTransportConfig config) {
        DittoConnect connect = config.getConnect();
        DittoGlobalConfig global = config.getGlobal();
        warn(connect.getRetryIntervalMs() != RETRY_MS, "connect.retryIntervalMs");
        warn(global.getSyncGroup() != 0, "global.syncGroup");
        warn(global.getRoutingHint() != 0, "global.routingHint");
        warn(!config.getPeerToPeer().getLan().isMdnsEnabled(), "peerToPeer.lan.mdnsEnabled");
    }

    private static void warn(boolean isSet, String setting) {
        if (isSet && TOLD.add(setting)) {
            SdkLog.LOG.warn("The setting {} is kept and has no effect in this version", setting);
        }
    }

    static void warnOfStrangers(DittoConfig.Connect connect) {
        if (connect instanceof DittoConfig.Connect.SmallPeersOnly(String key) && key == null && TOLD.add("strangers")) {
            SdkLog.LOG.warn("peers are not authenticated: they meet on loopback addresses only");
        }
    }

    static DittoTransportCondition condition(RuntimeException failure) {
        return failure instanceof IbidException known && known.code() == ErrorCode.TRANSPORT_LISTEN_FAILED
                ? DittoTransportCondition.TcpListenFailure
                : DittoTransportCondition.GenericFailure;
    }
}
