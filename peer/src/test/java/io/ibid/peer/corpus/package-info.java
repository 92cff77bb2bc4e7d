/** The statements of the language with what they answer, run on an open database. */
@NullMarked
package io.ibid.peer.corpus;

import org.jspecify.annotations.NullMarked;
