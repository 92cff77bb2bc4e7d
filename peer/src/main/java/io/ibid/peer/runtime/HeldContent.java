package io.ibid.peer.runtime;

import io.ibid.core.attachment.Content;
import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.store.AttachmentId;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A content that is here and stays here until this is closed, whatever becomes of the documents with its token. One that nobody can reach any
 * more is closed by and by. Any thread.
 */
public final class HeldContent implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Content content;
    private final AttachmentStore store;
    private final Cleaner.Cleanable pin;
    private final AtomicBoolean closed = new AtomicBoolean();

    HeldContent(Content content, AttachmentStore store) {
        this.content = content;
        this.store = store;
        AttachmentId id = content.id();
        this.pin = CLEANER.register(this, () -> store.unpin(id));
    }

    public AttachmentId id() {
        return content.id();
    }

    public long length() {
        return content.length();
    }

    /**
     * Up to {@code count} bytes, fewer at the end.
     *
     * @throws IbidException {@code store/attachment-not-found} when this is closed or the bytes are gone, {@code store/closed}, {@code
     *     store/backend}
     */
    public byte[] read(long offset, int count) {
        checkOpen();
        return content.read(offset, count);
    }

    private void checkOpen() {
        store.checkOpen();
        if (closed.get()) {
            throw new IbidException(
                    ErrorCode.STORE_ATTACHMENT_NOT_FOUND, "The attachment " + content.id() + " was closed");
        }
    }

    /** The bytes from the first; the content stays until the stream is closed, too. */
    public InputStream open() {
        checkOpen();
        store.pin(content.id());
        return new Stream(new HeldContent(content, store));
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            pin.clean();
        }
    }

    /** Reads ahead a few chunks. One thread. */
    private static final class Stream extends InputStream {
        private static final int AHEAD_BYTES = 256 << 10;

        private final HeldContent held;
        private byte[] ahead = new byte[0];
        private int at;
        private long offset;

        Stream(HeldContent held) {
            this.held = held;
        }

        private boolean fill() throws IOException {
            if (at < ahead.length) {
                return true;
            }
            try {
                ahead = held.read(offset, AHEAD_BYTES);
            } catch (IbidException e) {
                throw new IOException(e.getMessage(), e);
            }
            at = 0;
            offset += ahead.length;
            return ahead.length > 0;
        }

        @Override
        public int read() throws IOException {
            return fill() ? ahead[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int from, int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int given = Math.min(count, ahead.length - at);
            System.arraycopy(ahead, at, into, from, given);
            at += given;
            return given;
        }

        @Override
        public int available() {
            return ahead.length - at;
        }

        @Override
        public void close() {
            held.close();
        }
    }
}
