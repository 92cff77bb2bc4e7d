/**
 * {@code ./ibid demo}: a server and small peers as processes of their own, real documents, links that are cut, edits that conflict.
 *
 * <p>The peers are driven from outside, over HTTP, as anybody could. Every link between two of them runs through a {@link
 * io.ibid.cli.demo.Cable}, which counts its bytes and can be cut.
 */
@NullMarked
package io.ibid.cli.demo;

import org.jspecify.annotations.NullMarked;
