package io.ibid;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What an instance takes from the machine that it runs on. */
final class DeviceDefaults {
    /** Bytes of UTF-8. */
    private static final int NAME_BYTES_MAX = 24;

    private DeviceDefaults() {}

    /** What the presence graph calls the operating system. */
    static String operatingSystem() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return name.startsWith("linux")
                ? "Linux"
                : name.startsWith("mac") ? "macOS" : name.startsWith("windows") ? "Windows" : "Generic";
    }

    /** On macOS the folder for application support, elsewhere the working directory. */
    static File rootDirectory() {
        return operatingSystem().equals("macOS")
                ? new File(System.getProperty("user.home", "."), "Library/Application Support/Ditto")
                : new File("").getAbsoluteFile();
    }

    /** The host's name, as the environment tells it. */
    static String deviceName() {
        for (String variable : new String[] {"HOSTNAME", "COMPUTERNAME"}) {
            String name = System.getenv(variable);
            if (name != null && !name.isBlank()) {
                return shortened(name);
            }
        }
        try {
            return shortened(Files.readString(Path.of("/etc/hostname")).strip());
        } catch (IOException unknown) { // not a Unix, or one that keeps its name elsewhere
            return operatingSystem();
        }
    }

    /** As much of the name as fits, whole characters. */
    static String shortened(String name) {
        CharBuffer in = CharBuffer.wrap(name);
        ByteBuffer out = ByteBuffer.allocate(NAME_BYTES_MAX);
        StandardCharsets.UTF_8.newEncoder().encode(in, out, true);
        return name.substring(0, in.position());
    }
}
