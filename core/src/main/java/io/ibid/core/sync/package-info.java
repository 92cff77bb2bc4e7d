/** The session state machine per link: subscriptions, units, resume tokens. */
@NullMarked
package io.ibid.core.sync;

import org.jspecify.annotations.NullMarked;
