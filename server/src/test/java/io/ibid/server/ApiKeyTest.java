package io.ibid.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ibid.core.error.IbidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiKeyTest {
    @TempDir
    Path directory;

    @Test
    void a_key_of_fewer_than_16_characters_is_refused() {
        assertThatThrownBy(() -> ApiKey.of("123456789012345"))
                .isInstanceOf(IbidException.class)
                .hasMessage("an API key has 16 characters or more, not 15");
        assertThatCode(() -> ApiKey.of("1234567890123456")).doesNotThrowAnyException();
    }

    @Test
    void a_generated_key_is_shown_once_and_works_after_every_restart() {
        ApiKeyFile.Kept first = new ApiKeyFile(directory).readOrGenerate(new SecureRandom());
        assertThat(first.text()).matches("[A-Za-z0-9]{8}ibidapikey[A-Za-z0-9]{32}");
        ApiKeyFile.Kept second = new ApiKeyFile(directory).readOrGenerate(new SecureRandom());
        assertThat(second.text()).isNull();
        assertThatCode(() -> second.key().require("Bearer " + first.text())).doesNotThrowAnyException();
        assertThatThrownBy(() -> second.key().require("Bearer " + first.text() + "x"))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void only_the_hash_of_a_generated_key_is_stored() throws IOException {
        String text = Objects.requireNonNull(
                new ApiKeyFile(directory).readOrGenerate(new SecureRandom()).text());
        String content = Files.readString(directory.resolve("ditto_auth").resolve("http_api_key"));
        assertThat(content)
                .startsWith("sha256 ")
                .doesNotContain(text.substring(0, 8))
                .doesNotContain(text.substring(40));
    }

    @Test
    void a_damaged_key_file_is_named() throws IOException {
        Path file = directory.resolve("ditto_auth").resolve("http_api_key");
        Files.createDirectories(file.getParent());
        for (String content : new String[] {"", "sha256 12", "sha256 " + "g".repeat(64), "x".repeat(71)}) {
            Files.writeString(file, content);
            assertThatThrownBy(() -> new ApiKeyFile(directory).readOrGenerate(new SecureRandom()))
                    .isInstanceOf(IbidException.class)
                    .hasMessageContaining(file.toString());
        }
    }
}
