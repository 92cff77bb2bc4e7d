package io.ibid.core.query;

import io.ibid.core.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * Something about a statement that worked but probably not as meant. Never changes a result.
 *
 * @param id the document concerned, if one is
 */
public record Warning(@Nullable Value id, String description) {}
