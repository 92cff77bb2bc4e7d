package io.ibid.legacy;

import io.ibid.Ditto;
import io.ibid.DittoConfig;
import io.ibid.DittoFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;

/** Databases of these tests. */
final class Opened {

    private Opened() {}

    static Ditto open(Path directory) {
        return DittoFactory.create(new DittoConfig.Builder("cars")
                .persistenceDirectory(directory.toFile())
                .build());
    }

    /** A port that the one listens on and the other connects to, once both start. */
    static void connect(Ditto listening, Ditto connecting) throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        listening.updateTransportConfig(config ->
                config.listen().tcp().isEnabled(true).interfaceIp("127.0.0.1").port(port));
        connecting.updateTransportConfig(config -> config.connect().addTcpServers("127.0.0.1:" + port));
    }
}
