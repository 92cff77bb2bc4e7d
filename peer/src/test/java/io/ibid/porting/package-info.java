/** Programs written for the older API, as their authors wrote them: all that was changed are the imports. */
@NullMarked
package io.ibid.porting;

import org.jspecify.annotations.NullMarked;
