package io.ibid;

import io.ibid.core.error.IbidException;
import io.ibid.peer.runtime.DatabaseOptions;
import io.ibid.peer.runtime.OpenDatabase;
import io.ibid.peer.transport.SharedKey;
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
     * {@code validation/invalid} for a bad database id or private key.
     */
    public static Ditto create(DittoConfig config) {
        Objects.requireNonNull(config, "config");
        try {
            SharedKey sharedKey =
                    config.getConnect() instanceof DittoConfig.Connect.SmallPeersOnly(String key) && key != null
                            ? SharedKey.parse(key)
                            : null;
            DatabaseOptions named = DatabaseOptions.peer(null, config.getDatabaseId());
            File given = config.getPersistenceDirectory();
            File directory = given == null ? new File("ditto-" + named.databaseId()) : given;
            if (!directory.isAbsolute()) {
                directory = new File(Ditto.DEFAULT_ROOT_DIRECTORY, directory.getPath());
            }
            DittoLogger.opening();
            return new Ditto(
                    config,
                    OpenDatabase.open(DatabaseOptions.peer(
                                    directory.toPath().toAbsolutePath().normalize(), named.databaseId())
                            .sharing(sharedKey)));
        } catch (IbidException e) {
            throw DittoException.<RuntimeException>sneak(DittoException.of(e));
        }
    }
}
