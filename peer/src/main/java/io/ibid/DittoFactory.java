package io.ibid;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.OpenDatabase;
import java.io.File;
import java.util.Objects;

/** Opens databases. */
public final class DittoFactory {

    private DittoFactory() {}

    /**
     * Opens a database, or creates it. Local reads and writes work at once; nothing is sent or received before
     * {@link DittoSync#start()}.
     *
     * <p>Throws a {@link DittoException} although it declares none: {@code store/persistence-directory-locked} when another process or
     * instance has it open, {@code store/format}, {@code store/corrupt} or {@code store/backend} naming the directory,
     * {@code validation/invalid} for a bad database id, {@code sdk/unsupported} for a way to connect that this version does not serve.
     */
    public static Ditto create(DittoConfig config) {
        Objects.requireNonNull(config, "config");
        try {
            requireSupported(config.getConnect());
            DatabaseOptions named = DatabaseOptions.peer(null, config.getDatabaseId());
            File given = config.getPersistenceDirectory();
            File directory = given == null ? new File("ditto-" + named.databaseId()) : given;
            return new Ditto(
                    config,
                    OpenDatabase.open(DatabaseOptions.peer(
                            directory.toPath().toAbsolutePath().normalize(), named.databaseId())));
        } catch (IbidException e) {
            throw DittoException.<RuntimeException>sneak(DittoException.of(e));
        }
    }

    private static void requireSupported(DittoConfig.Connect connect) {
        switch (connect) {
            case DittoConfig.Connect.Server(String url) ->
                throw new IbidException(
                        ErrorCode.SDK_UNSUPPORTED,
                        "Connecting to a server URL (" + url + ") is not supported yet; use SmallPeersOnly and"
                                + " DittoTransportConfig's tcpServers");
            case DittoConfig.Connect.SmallPeersOnly(String privateKey) -> {
                if (privateKey != null) {
                    throw new IbidException(
                            ErrorCode.SDK_UNSUPPORTED,
                            "A private key shared by small peers is not supported yet; without one they meet on loopback");
                }
            }
        }
    }
}
