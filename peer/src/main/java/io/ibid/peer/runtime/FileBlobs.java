package io.ibid.peer.runtime;

import io.ibid.core.env.Blobs;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Attachment content as one file per blob. Any thread. */
final class FileBlobs implements Blobs {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private final Path directory;
    private final AtomicLong partials = new AtomicLong();

    /** @param directory created at the first write */
    FileBlobs(Path directory) {
        this.directory = directory;
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name of a blob");
        }
        return directory.resolve(name);
    }

    @Override
    public Writing append() {
        FileTree.create(directory);
        Path partial = directory.resolve(partials.incrementAndGet() + ".part");
        try {
            return new FileWriting(
                    partial,
                    FileChannel.open(
                            partial,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw failure("Cannot create " + partial, e);
        }
    }

    @Override
    public byte @Nullable [] read(String name, long offset, int length) {
        try (FileChannel channel = FileChannel.open(file(name), StandardOpenOption.READ)) {
            ByteBuffer content = ByteBuffer.allocate((int) Math.clamp(channel.size() - offset, 0L, (long) length));
            while (content.hasRemaining() && channel.read(content, offset + content.position()) >= 0) {
                // A read may give less than was asked for.
            }
            return Arrays.copyOf(content.array(), content.position());
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw failure("Cannot read " + file(name), e);
        }
    }

    @Override
    public void delete(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw failure("Cannot delete " + file(name), e);
        }
    }

    private static IbidException failure(String what, IOException cause) {
        return new IbidException(ErrorCode.STORE_BACKEND, what + ": " + cause.getMessage(), cause);
    }

    private final class FileWriting implements Writing {
        private final Path partial;
        private final FileChannel channel;

        FileWriting(Path partial, FileChannel channel) {
            this.partial = partial;
            this.channel = channel;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            try {
                ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
            } catch (IOException e) {
                throw failure("Cannot write " + partial, e);
            }
        }

        @Override
        public void finish(String name) {
            try {
                channel.force(true);
                channel.close();
                DurableFile.move(partial, file(name));
            } catch (IOException e) {
                throw failure("Cannot finish the blob " + name, e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
                Files.deleteIfExists(partial);
            } catch (IOException e) {
                throw failure("Cannot discard " + partial, e);
            }
        }
    }
}
