/**
 * The one exception hierarchy, with stable codes, and the ablation switches. Importable by every package; imports nothing.
 */
@NullMarked
package io.ibid.core.error;

import org.jspecify.annotations.NullMarked;
