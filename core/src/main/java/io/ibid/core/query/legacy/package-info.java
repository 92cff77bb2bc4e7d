/**
 * The condition language that came before DQL: {@code color == 'red' && mileage > $args.most}. Its text becomes DQL's own tree, and from
 * there on is DQL: {@link io.ibid.core.query.legacy.LegacyCondition} is all that others see. Hostile text costs linear time and a bounded
 * stack.
 */
@NullMarked
package io.ibid.core.query.legacy;

import org.jspecify.annotations.NullMarked;
