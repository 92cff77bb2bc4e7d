package io.ibid;

import io.ibid.core.error.IbidException;
import io.ibid.peer.runtime.HeldContent;
import io.ibid.serialization.DittoCborSerializable;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A content that is on this device, and stays here until this is closed, whatever becomes of the documents with its token. May be given as
 * an argument of a statement: the document gets the token. Thread-safe.
 */
public final class DittoAttachment implements Closeable {
    private final HeldContent content;
    private final DittoAttachmentToken token;

    DittoAttachment(HeldContent content, DittoAttachmentToken token) {
        this.content = content;
        this.token = token;
    }

    /** Names the content: a hash of it, 46 characters. */
    public String getId() {
        return token.getId();
    }

    /** Bytes of the content. */
    public DittoULong getLength() {
        return token.getLength();
    }

    public DittoCborSerializable.Dictionary getMetadata() {
        return token.getMetadata();
    }

    public DittoAttachmentToken getToken() {
        return token;
    }

    /**
     * All bytes of the content, in memory. Blocks.
     *
     * @throws DittoException {@code store/attachment-not-found} when this is closed, the file is gone, or the content is longer than an
     *     array may be; {@code store/backend} when it cannot be read
     */
    public byte[] getData() throws DittoException {
        if (content.length() > Integer.MAX_VALUE - 8) {
            throw DittoException.of(
                    "store/attachment-not-found",
                    "The attachment " + getId() + " has " + content.length()
                            + " bytes, more than an array holds; read its stream",
                    null);
        }
        try {
            return content.read(0, (int) content.length());
        } catch (IbidException e) {
            throw DittoException.of(e);
        }
    }

    /**
     * The bytes of the content, read as they are asked for. Whoever gets the stream closes it; until then the content stays, even when this
     * is closed.
     *
     * @throws DittoException {@code store/attachment-not-found} when this is closed
     */
    public InputStream getInputStream() throws DittoException {
        try {
            return content.open();
        } catch (IbidException e) {
            throw DittoException.of(e);
        }
    }

    /**
     * Writes the content to a new file. Blocks.
     *
     * @throws DittoException {@code io/already-exists} when there is such a file, {@code io/not-found} when there is no such directory,
     *     {@code io/permission-denied}, or {@code io/operation-failed}, for instance when the disk is full: then nothing is left of it
     */
    public void copyToPath(String path) throws DittoException {
        Path file = Path.of(path);
        try (InputStream in = getInputStream();
                OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            copy(in, out, file);
        } catch (FileAlreadyExistsException e) {
            throw new DittoException.StoreException("io/already-exists", "There is a file " + file + " already", e);
        } catch (NoSuchFileException e) {
            throw DittoException.of("io/not-found", "There is no directory for " + file, e);
        } catch (AccessDeniedException e) {
            throw DittoException.of("io/permission-denied", "The file " + file + " may not be written", e);
        } catch (IOException e) {
            throw DittoException.of(
                    "io/operation-failed", "The attachment cannot be copied to " + file + ": " + e.getMessage(), e);
        }
    }

    private static void copy(InputStream in, OutputStream out, Path file) throws IOException {
        try {
            in.transferTo(out);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Lets go of the content. Idempotent. */
    @Override
    public void close() {
        content.close();
    }

    @Override
    public String toString() {
        return "DittoAttachment " + token;
    }
}
