/**
 * What DQL's operators and functions do with values: truth, comparison, arithmetic, patterns, casts, dates, aggregates. Pure
 * computation without statements, rows or collections.
 *
 * <p>One rule holds for everything that has no other: with a MISSING operand the result is MISSING, else with a NULL operand NULL,
 * else with one of the wrong type MISSING. A wrong type is never an error, because one odd document must not fail a query over all of
 * them; it is counted instead and becomes a warning. Only what the statement itself got wrong, such as a constant pattern that is
 * none, or results that would exhaust memory are errors; these carry no place, the caller knows it.
 */
@NullMarked
package io.ibid.core.query.function;

import org.jspecify.annotations.NullMarked;
