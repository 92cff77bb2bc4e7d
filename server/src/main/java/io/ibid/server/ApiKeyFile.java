package io.ibid.server;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the hash of the generated API key beside the data: one line {@code sha256 HEX} in {@code ditto_auth/http_api_key}. The key
 * itself is shown once, when it is made; who has lost it deletes the file, and the next start makes another one.
 */
final class ApiKeyFile {
    private static final String PREFIX = "sha256 ";

    private final Path path;

    ApiKeyFile(Path databaseDirectory) {
        this.path = databaseDirectory.resolve("ditto_auth").resolve("http_api_key");
    }

    /** @param text the new key, to be shown; null when the key was made at an earlier start */
    record Kept(ApiKey key, @Nullable String text) {}

    /** @throws IbidException naming the file when it cannot be read or written */
    Kept readOrGenerate(SecureRandom random) {
        try {
            if (Files.exists(path)) {
                return new Kept(ApiKey.ofHash(parse(Files.readString(path))), null);
            }
            String text = ApiKey.generate(random);
            ApiKey key = ApiKey.of(text);
            Files.createDirectories(path.getParent());
            Path draft = path.resolveSibling(path.getFileName() + ".tmp");
            Files.writeString(draft, PREFIX + HexFormat.of().formatHex(key.hash()) + "\n");
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE);
            return new Kept(key, text);
        } catch (IOException e) {
            throw new IbidException(ErrorCode.STORE_BACKEND, "cannot keep the API key in " + path + ": " + e, e);
        }
    }

    private byte[] parse(String content) {
        String line = content.strip();
        if (!line.startsWith(PREFIX) || line.length() != PREFIX.length() + 64) {
            throw damaged();
        }
        try {
            return HexFormat.of().parseHex(line.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw damaged();
        }
    }

    private IbidException damaged() {
        return new IbidException(
                ErrorCode.STORE_CORRUPT, path + " does not hold the hash of an API key; delete it to get a new key");
    }
}
