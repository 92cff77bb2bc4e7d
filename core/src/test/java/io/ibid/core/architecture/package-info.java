/** What the core may not use, as predicates for {@code ArchitectureTest}. */
@NullMarked
package io.ibid.core.architecture;

import org.jspecify.annotations.NullMarked;
