/**
 * DQL: from the text of a statement to its rows and changes. Knows values, never storage or CRDTs.
 *
 * <p><b>The way of a statement.</b> {@code syntax} turns text into a tree. {@link io.ibid.core.query.Binder} gives its names a meaning,
 * {@link io.ibid.core.query.SelectPlanner} and {@link io.ibid.core.query.MutationPlanner} make a {@link io.ibid.core.query.Program} of it
 * whose {@link io.ibid.core.query.Plan} says how rows are found ({@link io.ibid.core.query.SourcePlanner} chooses that), and {@link
 * io.ibid.core.query.Compiler} turns every expression into a closure. All of this depends on the text and the options alone, so a {@link
 * io.ibid.core.query.Statement} can be cached and shared; what one execution needs is in a {@link io.ibid.core.query.Scope}.
 *
 * <p><b>Why closures.</b> A condition is asked for every document of a collection. A tree that is interpreted pays for finding out at each
 * node what it is, and decoding a document before asking pays for all its fields. A closure knows its operands, and asks the {@link
 * io.ibid.core.query.Row} for exactly the paths it reads, which the store finds in the bytes of the document.
 *
 * <p><b>Why cursors that move a scope.</b> An operator of a plan does not hand rows up; it moves the scope to the next one and says that
 * there is one. So a pipeline of scan, filter, projection and limit keeps nothing and copies nothing, {@code SELECT *} answers the
 * document as it is stored, and only what must see all its input before it can answer (sort, groups, DISTINCT) sets rows aside, under the
 * account of {@link io.ibid.core.query.Memory}. A join is such a pipeline too: {@link io.ibid.core.query.FromClause} says which condition is
 * asked at which of its terms, and {@link io.ibid.core.query.JoinCursor} opens the plan of the inner term anew for each row before it.
 *
 * <p><b>The bridge.</b> {@link io.ibid.core.query.Source}, {@link io.ibid.core.query.Row} and {@link io.ibid.core.query.Target} are what the
 * store implements. Siblings, type variants and strict mode are visible only through them: a statement says with {@link
 * io.ibid.core.query.Typing} how fields are typed and sees plain values.
 *
 * <p>Refusals are {@link io.ibid.core.query.syntax.QueryException}s with a place; whatever can be said about a statement without its data is
 * said when it is prepared. A clause that is not served is refused by name; nothing is accepted and ignored.
 *
 * <p>Callers: {@code live} (observers), {@code sync} (subscriptions), {@code store}, {@code database}. Imports {@code value}, {@code
 * error}.
 */
@NullMarked
package io.ibid.core.query;

import org.jspecify.annotations.NullMarked;
