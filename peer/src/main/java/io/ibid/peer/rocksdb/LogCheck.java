package io.ibid.peer.rocksdb;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads the log files of a store before RocksDB does, because RocksDB cannot tell a damaged log from an unfinished one everywhere.
 *
 * <p>A log is a sequence of blocks of 32 KiB, each a sequence of records: checksum (4 bytes), length (2), type (1), content. The checksum
 * covers type and content but not the length. When a flipped bit makes the last block's record seem longer than the file, RocksDB takes
 * it for an append that a crash interrupted and drops it with everything behind it, acknowledged or not; likewise when a flipped type
 * makes a record seem to belong to an older file. (One flip in 400 did that in a trial.) Here such a record is found out: with one
 * bit of the length turned back its checksum fits, or whole records follow it.
 *
 * <p>The opposite mistake is RocksDB's too: a power cut may leave the end of an append as zeros, because a file's length can reach the
 * disk before its content. RocksDB refuses such a log as damaged. What was lost there was never acknowledged, so the log is cut off
 * before the unfinished record.
 *
 * <p>Format: https://github.com/facebook/rocksdb/wiki/Write-Ahead-Log-File-Format
 */
final class LogCheck {

    private static final int BLOCK_BYTES = 32 << 10;
    private static final int HEADER_BYTES = 7;

    /** What a disk writes whole. */
    private static final int SECTOR_BYTES = 512;

    /** Full, first, middle and last part: all that is written without recycled or compressed logs. */
    private static final int TYPE_MAX = 4;

    private static final Pattern LOG = Pattern.compile("[0-9]+\\.log");

    private final Path file;
    private final FileChannel channel;
    private final long fileBytes;
    private final LogChecksum checksum = new LogChecksum();
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private long blockStart;

    private LogCheck(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        fileBytes = channel.size();
    }

    /**
     * Checks the logs and the manifest of the store in {@code directory}; does nothing when there is none.
     *
     * @throws IbidException {@code store/corrupt}, naming file and position
     */
    static void check(Path directory) {
        try {
            Path current = directory.resolve("CURRENT");
            if (Files.exists(current)) {
                checkFile(directory.resolve(Files.readString(current).strip()));
            }
            try (Stream<Path> files = Files.list(directory)) {
                List<Path> logs = files.filter(file ->
                                LOG.matcher(file.getFileName().toString()).matches())
                        .toList();
                for (Path log : logs) {
                    checkFile(log);
                }
            }
        } catch (IOException | IllegalArgumentException cause) {
            throw new IbidException(
                    ErrorCode.STORE_BACKEND, "cannot read the store " + directory + ": " + cause, cause);
        }
    }

    private static void checkFile(Path log) throws IOException {
        if (!Files.isRegularFile(log)) {
            return; // RocksDB names what is missing.
        }
        try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            new LogCheck(log, channel).checkBlocks();
        }
    }

    private void checkBlocks() throws IOException {
        for (blockStart = 0; blockStart < fileBytes; blockStart += BLOCK_BYTES) {
            block.clear();
            read(block, blockStart);
            block.flip();
            int position = 0;
            while (block.limit() - position >= HEADER_BYTES) {
                int length = length(position);
                boolean fits = position + HEADER_BYTES + length <= block.limit();
                if (!fits && isLastAndPartial() && isUnfinished(position)) {
                    return;
                }
                if (!fits || type(position) > TYPE_MAX || !isIntact(position, length)) {
                    if (endsInZeros(position, length)) {
                        channel.truncate(blockStart + position);
                        channel.force(true);
                        return;
                    }
                    throw damaged(position);
                }
                position += HEADER_BYTES + length;
            }
        }
    }

    private boolean isLastAndPartial() {
        return block.limit() < BLOCK_BYTES;
    }

    /** Whether the record that reaches beyond the end of the file is the trace of an interrupted append, and not of a flipped bit. */
    private boolean isUnfinished(int position) {
        if (isLengthFlipped(position)) {
            return false;
        }
        for (int next = position + 1; next <= block.limit() - HEADER_BYTES; next++) {
            if (isRecord(next, length(next))) {
                return false;
            }
        }
        return true;
    }

    private boolean isLengthFlipped(int position) {
        for (int bit = 0; bit < Short.SIZE; bit++) {
            if (isRecord(position, length(position) ^ 1 << bit)) {
                return true;
            }
        }
        return false;
    }

    private boolean isRecord(int position, int length) {
        return type(position) >= 1
                && type(position) <= TYPE_MAX
                && position + HEADER_BYTES + length <= block.limit()
                && isIntact(position, length);
    }

    private boolean isIntact(int position, int length) {
        return checksum.fits(block.getInt(position), block.array(), position + HEADER_BYTES - 1, length + 1);
    }

    private int length(int position) {
        return Short.toUnsignedInt(block.getShort(position + 4));
    }

    private int type(int position) {
        return Byte.toUnsignedInt(block.get(position + 6));
    }

    /** Whether the file is zeros from {@code position} to its end, or from a sector inside the record there that no flipped bit explains. */
    private boolean endsInZeros(int position, int length) throws IOException {
        long start = blockStart + position;
        long zerosFrom = zerosFrom(start);
        if (zerosFrom == start) {
            return true;
        }
        int fitting = Math.min(length, block.limit() - position - HEADER_BYTES);
        long sector = (zerosFrom + SECTOR_BYTES - 1) / SECTOR_BYTES * SECTOR_BYTES;
        return sector < start + HEADER_BYTES + fitting
                && !isLengthFlipped(position)
                && !checksum.isOneBitOff(
                        block.getInt(position), block.array(), position + HEADER_BYTES - 1, fitting + 1);
    }

    /** The first position from {@code start} on that only zeros follow. */
    private long zerosFrom(long start) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(BLOCK_BYTES);
        long zerosFrom = start;
        for (long at = start; at < fileBytes; at += chunk.limit()) {
            chunk.clear();
            read(chunk, at);
            chunk.flip();
            for (int i = chunk.limit() - 1; i >= 0; i--) {
                if (chunk.get(i) != 0) {
                    zerosFrom = at + i + 1;
                    break;
                }
            }
        }
        return zerosFrom;
    }

    private void read(ByteBuffer buffer, long from) throws IOException {
        while (buffer.hasRemaining() && from + buffer.position() < fileBytes) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                return;
            }
        }
    }

    private IbidException damaged(int position) {
        return new IbidException(
                ErrorCode.STORE_CORRUPT,
                "cannot open the store " + file.getParent() + ": the file " + file.getFileName()
                        + " is damaged at byte " + (blockStart + position));
    }
}
