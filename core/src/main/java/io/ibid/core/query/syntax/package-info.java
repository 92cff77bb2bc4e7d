/**
 * The text of DQL: tokens, the syntax tree, the parser, the printer and errors with a place.
 *
 * <p>Parsing is by hand, statements by recursive descent and expressions by precedence climbing (Pratt 1973): it is five times as
 * fast as a generated parser on our statements and knows at every token what it expected, which is what a good message needs. The
 * parser accepts the whole language, including what no other part serves yet, so that such a clause can be refused by its name and
 * place instead of as a syntax error. It knows nothing of collections, functions or types: that is the binder's work.
 *
 * <p>Hostile text costs linear time and a bounded stack: a tree is never higher than {@link
 * io.ibid.core.query.syntax.Parser#NESTING_MAX}, chains of AND and OR are lists. Everything here is immutable except the parser
 * itself, which is confined to one call.
 */
@NullMarked
package io.ibid.core.query.syntax;

import org.jspecify.annotations.NullMarked;
