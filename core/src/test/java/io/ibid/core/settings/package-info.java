/** Tests of the system parameters. */
@NullMarked
package io.ibid.core.settings;

import org.jspecify.annotations.NullMarked;
