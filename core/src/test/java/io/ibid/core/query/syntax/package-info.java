/** Tests of DQL's text: generated statements, damaged statements, hostile statements. */
@NullMarked
package io.ibid.core.query.syntax;

import org.jspecify.annotations.NullMarked;
