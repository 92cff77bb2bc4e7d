/**
 * The contents of attachments: taking them in, keeping and forgetting them, and fetching them from partners.
 *
 * <p>A document holds a token {id, len, metadata}; the id is a hash of the content, so that content is stored once, and whoever sends a
 * chunk of it need not be trusted. {@link io.ibid.core.attachment.Upload} hashes and writes what an application gives;
 * {@link io.ibid.core.attachment.Attachments} keeps the contents that documents refer to or applications hold, forgets the others after a while,
 * fetches what is asked for and serves partners. Bytes are hashed, read and written beside the loop and pass it only between link and
 * worker, a window of chunks at a time.
 *
 * <p>Used by {@code database}; imports {@code store}, {@code value}, {@code env}.
 */
@NullMarked
package io.ibid.core.attachment;

import org.jspecify.annotations.NullMarked;
