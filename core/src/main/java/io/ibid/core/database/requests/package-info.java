/**
 * The statements that run and ran: what {@code system:active_requests}, {@code system:request_history} and {@code
 * system:shared_statements} show, and what the log says of slow ones. Any thread; everything kept is bounded.
 */
@NullMarked
package io.ibid.core.database.requests;

import org.jspecify.annotations.NullMarked;
