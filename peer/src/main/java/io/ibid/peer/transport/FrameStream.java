package io.ibid.peer.transport;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into frames: a big-endian length of four bytes, then as many bytes. A small buffer takes a whole small frame in
 * one read; the body of a large one is read straight into its array, so that an idle link keeps half a kilobyte. One thread.
 */
final class FrameStream {
    private static final int BUFFER_BYTES = 512;
    static final int HEADER_BYTES = 4;

    private final InputStream in;
    private final int frameBytesMax;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int end;

    FrameStream(InputStream in, int frameBytesMax) {
        this.in = in;
        this.frameBytesMax = frameBytesMax;
    }

    /** The next frame, or null when the stream ended between two frames. */
    byte @Nullable [] next() throws IOException {
        while (end - start < HEADER_BYTES) {
            if (!fill()) {
                if (end > start) {
                    throw new EOFException("the connection ended inside a frame");
                }
                return null;
            }
        }
        int length = (buffer[start] & 0xff) << 24
                | (buffer[start + 1] & 0xff) << 16
                | (buffer[start + 2] & 0xff) << 8
                | (buffer[start + 3] & 0xff);
        if (length < FrameCodec.PREFIX_BYTES || length > frameBytesMax) {
            throw new FrameException("a frame of " + Integer.toUnsignedLong(length) + " bytes was announced; from "
                    + FrameCodec.PREFIX_BYTES + " to " + frameBytesMax + " are allowed");
        }
        start += HEADER_BYTES;
        byte[] frame = new byte[length];
        int have = Math.min(length, end - start);
        System.arraycopy(buffer, start, frame, 0, have);
        start += have;
        while (have < length) {
            int read = in.read(frame, have, length - have);
            if (read < 0) {
                throw new EOFException("the connection ended inside a frame");
            }
            have += read;
        }
        return frame;
    }

    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        int read = in.read(buffer, end, BUFFER_BYTES - end);
        if (read < 0) {
            return false;
        }
        end += read;
        return true;
    }
}
