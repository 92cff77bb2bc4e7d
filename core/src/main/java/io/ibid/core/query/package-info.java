/** DQL: lexer, parser, binder, planner and executor over Row, Source and Target. Knows nothing of storage or CRDTs. */
@NullMarked
package io.ibid.core.query;

import org.jspecify.annotations.NullMarked;
