package io.ibid.peer.runtime;

import io.ibid.core.env.Logs;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.store.Residence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * The place of a database's folder, told by an empty file in it that is made anew at each open. No copy of a file was born when the file was,
 * so a mark that was copied fits no file: neither in a copy of the folder, nor when a backup is put back, be it over the files that are
 * there. A folder that is renamed or moved within its file system stays what it was. Where the time of birth cannot be had, the file's number
 * in the file system stands in for it; not everywhere is that the same after each start. With them goes a fingerprint of the machine, for
 * disks that are cloned block by block.
 */
final class FolderResidence implements Residence {
    private static final Logger log = Logs.of(FolderResidence.class);

    private static final String PREFIX = "place-";
    private static final List<Path> MACHINE_IDS =
            List.of(Path.of("/etc/machine-id"), Path.of("/var/lib/dbus/machine-id"));

    /** Unlike any time at which a file is born. */
    private static final FileTime MODIFIED = FileTime.fromMillis(0);

    private final Path directory;
    private final String machine;

    /** @param directory where the files are made; exists */
    FolderResidence(Path directory) {
        this(directory, machine());
    }

    /** @param machine the fingerprint of the machine; empty: it has none */
    FolderResidence(Path directory, String machine) {
        this.directory = directory;
        this.machine = machine;
    }

    @Override
    public boolean isAt(String mark) {
        String[] parts = mark.split(" ", 4);
        if (parts.length != 4 || !(machine.isEmpty() || parts[3].isEmpty() || parts[3].equals(machine))) {
            return false;
        }
        Trace now = trace(directory.resolve(parts[0]));
        return now != null && now.isOf(parts[1], parts[2]);
    }

    /**
     * What the file system says of a file and cannot be told to say.
     *
     * @param born when the file was made; empty where that is not known
     * @param number the file's number; empty where files have none
     */
    private record Trace(String born, String number) {
        boolean isOf(String bornThen, String numberThen) {
            return born.isEmpty() || bornThen.isEmpty() ? number.equals(numberThen) : born.equals(bornThen);
        }
    }

    @Override
    public String mark() {
        for (long number = System.currentTimeMillis(); ; number++) {
            String name = PREFIX + Long.toString(number, Character.MAX_RADIX);
            Path file = directory.resolve(name);
            if (!Files.exists(file)) {
                try {
                    DurableFile.createEmpty(file);
                    Files.setLastModifiedTime(file, MODIFIED);
                } catch (IOException e) {
                    throw new IbidException(ErrorCode.STORE_BACKEND, "Cannot write " + file + ": " + e.getMessage(), e);
                }
                Trace trace = trace(file);
                if (trace == null) {
                    throw new IbidException(ErrorCode.STORE_BACKEND, "Cannot read " + file + ", which was just made");
                }
                return name + " " + trace.born() + " " + trace.number() + " " + machine;
            }
        }
    }

    @Override
    public void settled(String mark) {
        String kept = mark.split(" ", 2)[0];
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : files) {
                if (!file.getFileName().toString().equals(kept)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new IbidException(ErrorCode.STORE_BACKEND, "Cannot clear up " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Null when there is no such file. */
    private static @Nullable Trace trace(Path file) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            // Who does not know the time of birth gives the time of the last change.
            boolean isKnown = !attributes.creationTime().equals(attributes.lastModifiedTime());
            Instant born = attributes.creationTime().toInstant();
            return new Trace(isKnown ? born.getEpochSecond() + "." + born.getNano() : "", number(file));
        } catch (IOException e) {
            return null;
        }
    }

    /** Not the number of the device, which changes from one start of the machine to the next. */
    private static String number(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? String.valueOf(Files.getAttribute(file, "unix:ino"))
                : "";
    }

    private static String machine() {
        for (Path file : MACHINE_IDS) {
            if (Files.isReadable(file)) { // not every system has it
                try {
                    String id = Files.readString(file).strip();
                    if (!id.isEmpty()) {
                        return fingerprint(id);
                    }
                } catch (IOException e) {
                    log.warn(
                            "{} cannot be read, so a copy on another machine is not noticed: {}", file, e.getMessage());
                }
            }
        }
        return "";
    }

    /** The id itself is nobody's business. */
    private static String fingerprint(String id) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(("ibid machine " + id).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(hash, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
