package io.ibid.simulation;

import io.ibid.core.env.Blobs;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The blob files of one device. They outlive its processes; a power cut takes what was written to a partial file since its last sync. */
final class SimulatedBlobs implements Blobs {
    private final SortedMap<String, byte[]> finished = new TreeMap<>();
    private final SortedMap<String, PartialFile> partials = new TreeMap<>();
    private boolean full;

    /** From now on nothing more can be written, or it can again. */
    void fill(boolean isFull) {
        full = isFull;
    }

    SortedSet<String> names() {
        return new TreeSet<>(finished.keySet());
    }

    void died(boolean isPowerCut) {
        if (isPowerCut) {
            partials.values().forEach(PartialFile::cutPower);
        }
    }

    private void refuseWhenFull() {
        if (full) {
            throw new IbidException(ErrorCode.STORE_BACKEND, "No space left on device");
        }
    }

    @Override
    public Writing append() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new Writing() {
            @Override
            public void write(byte[] more, int offset, int length) {
                refuseWhenFull();
                bytes.write(more, offset, length);
            }

            @Override
            public void finish(String name) {
                refuseWhenFull();
                finished.put(name, bytes.toByteArray());
            }

            @Override
            public void close() {
                bytes.reset();
            }
        };
    }

    @Override
    public byte @Nullable [] read(String name, long offset, int length) {
        byte[] bytes = finished.get(name);
        return bytes == null ? null : part(bytes, offset, length);
    }

    private static byte[] part(byte[] bytes, long offset, int length) {
        int from = (int) Math.min(offset, bytes.length);
        return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length));
    }

    @Override
    public long length(String name) {
        byte[] bytes = finished.get(name);
        return bytes == null ? -1 : bytes.length;
    }

    @Override
    public void delete(String name) {
        finished.remove(name);
        partials.remove(name);
    }

    @Override
    public Partial partial(String name) {
        return partials.computeIfAbsent(name, PartialFile::new);
    }

    @Override
    public void retain(Predicate<String> isFinished, Predicate<String> isPartial) {
        finished.keySet().removeIf(isFinished.negate());
        partials.keySet().removeIf(isPartial.negate());
    }

    private final class PartialFile implements Partial {
        private final String name;
        private byte[] bytes = new byte[0];
        private byte[] synced = new byte[0];

        PartialFile(String name) {
            this.name = name;
        }

        void cutPower() {
            bytes = synced.clone();
        }

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void write(long position, byte[] more, int offset, int length) {
            refuseWhenFull();
            int end = (int) position + length;
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length, end));
            System.arraycopy(more, offset, bytes, (int) position, length);
        }

        @Override
        public byte[] read(long position, int length) {
            return part(bytes, position, length);
        }

        @Override
        public void sync() {
            refuseWhenFull();
            synced = bytes.clone();
        }

        @Override
        public void finish() {
            sync();
            partials.remove(name);
            finished.put(name, bytes);
        }

        @Override
        public void close() {
            // What is there stays there.
        }
    }
}
