/**
 * How results are printed: tables that fit a terminal, records one below the other when a table would not fit, JSON for programs. Rows
 * are printed as they come, so the memory needed does not grow with the result.
 */
@NullMarked
package io.ibid.cli.results;

import org.jspecify.annotations.NullMarked;
