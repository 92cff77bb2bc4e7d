package io.ibid.peer.runtime;

import io.ibid.core.env.Blobs;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Attachment content as one file per blob: {@code NAME} when it is finished, {@code NAME.fetch} while it is put together in any order,
 * {@code NUMBER.part} while it is written from its beginning. Any thread.
 */
final class FileBlobs implements Blobs {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final String PARTIAL = ".fetch";

    private final Path directory;
    private final AtomicLong parts = new AtomicLong();

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

    private Path partialFile(String name) {
        return directory.resolve(file(name).getFileName() + PARTIAL);
    }

    @Override
    public Writing append() {
        FileTree.create(directory);
        Path part = directory.resolve(parts.incrementAndGet() + ".part");
        try {
            return new FileWriting(
                    part,
                    FileChannel.open(
                            part,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw failure("Cannot create " + part, e);
        }
    }

    @Override
    public byte @Nullable [] read(String name, long offset, int length) {
        try (FileChannel channel = FileChannel.open(file(name), StandardOpenOption.READ)) {
            return read(channel, offset, length);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw failure("Cannot read " + file(name), e);
        }
    }

    private static byte[] read(FileChannel channel, long offset, int length) throws IOException {
        ByteBuffer content = ByteBuffer.allocate((int) Math.clamp(channel.size() - offset, 0L, (long) length));
        while (content.hasRemaining() && channel.read(content, offset + content.position()) >= 0) {
            // A read may give less than was asked for.
        }
        return content.hasRemaining() ? Arrays.copyOf(content.array(), content.position()) : content.array();
    }

    private static void write(FileChannel channel, long position, byte[] bytes, int offset, int length)
            throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
        while (rest.hasRemaining()) {
            channel.write(rest, position + rest.position() - offset);
        }
    }

    @Override
    public long length(String name) {
        try {
            return Files.size(file(name));
        } catch (NoSuchFileException e) {
            return -1;
        } catch (IOException e) {
            throw failure("Cannot read " + file(name), e);
        }
    }

    @Override
    public void delete(String name) {
        try {
            Files.deleteIfExists(file(name));
            Files.deleteIfExists(partialFile(name));
        } catch (IOException e) {
            throw failure("Cannot delete " + file(name), e);
        }
    }

    @Override
    public Partial partial(String name) {
        FileTree.create(directory);
        Path partial = partialFile(name);
        try {
            return new FilePartial(
                    name,
                    FileChannel.open(
                            partial, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw failure("Cannot create " + partial, e);
        }
    }

    @Override
    public void retain(Predicate<String> isFinished, Predicate<String> isPartial) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                boolean isKept = name.endsWith(PARTIAL)
                        ? isPartial.test(name.substring(0, name.length() - PARTIAL.length()))
                        : NAME.matcher(name).matches() && isFinished.test(name);
                if (!isKept && Files.isRegularFile(file)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw failure("Cannot tidy " + directory, e);
        }
    }

    private static IbidException failure(String what, IOException cause) {
        return new IbidException(ErrorCode.STORE_BACKEND, what + ": " + cause.getMessage(), cause);
    }

    private final class FileWriting implements Writing {
        private final Path part;
        private final FileChannel channel;
        private long length;

        FileWriting(Path part, FileChannel channel) {
            this.part = part;
            this.channel = channel;
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
            try {
                FileBlobs.write(channel, length, bytes, offset, count);
                length += count;
            } catch (IOException e) {
                throw failure("Cannot write " + part, e);
            }
        }

        @Override
        public void finish(String name) {
            try {
                channel.force(true);
                channel.close();
                DurableFile.move(part, file(name));
            } catch (IOException e) {
                throw failure("Cannot finish the blob " + name, e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
                Files.deleteIfExists(part);
            } catch (IOException e) {
                throw failure("Cannot discard " + part, e);
            }
        }
    }

    private final class FilePartial implements Partial {
        private final String name;
        private final FileChannel channel;

        FilePartial(String name, FileChannel channel) {
            this.name = name;
            this.channel = channel;
        }

        @Override
        public long length() {
            try {
                return channel.size();
            } catch (IOException e) {
                throw failure("Cannot read " + partialFile(name), e);
            }
        }

        @Override
        public void write(long position, byte[] bytes, int offset, int length) {
            try {
                FileBlobs.write(channel, position, bytes, offset, length);
            } catch (IOException e) {
                throw failure("Cannot write " + partialFile(name), e);
            }
        }

        @Override
        public byte[] read(long position, int length) {
            try {
                return FileBlobs.read(channel, position, length);
            } catch (IOException e) {
                throw failure("Cannot read " + partialFile(name), e);
            }
        }

        @Override
        public void sync() {
            try {
                channel.force(true);
            } catch (IOException e) {
                throw failure("Cannot sync " + partialFile(name), e);
            }
        }

        @Override
        public void finish() {
            sync();
            close();
            try {
                DurableFile.move(partialFile(name), file(name));
            } catch (IOException e) {
                throw failure("Cannot finish the blob " + name, e);
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw failure("Cannot close " + partialFile(name), e);
            }
        }
    }
}
