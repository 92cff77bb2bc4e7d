/**
 * The system parameters of one database: what there is, which values each takes, what is in force. Statements change them (ALTER SYSTEM),
 * the environment sets them at the start; the parts of a database read them, {@link io.ibid.core.settings.Parameters#current} at
 * a time, and are told of changes by whoever runs the statement. Nothing is stored: a database that is opened again starts anew.
 *
 * <p>Each parameter is a constant of {@link io.ibid.core.settings.Catalogue}, and a line in docs/settings.md; a test holds the two together.
 */
@NullMarked
package io.ibid.core.settings;

import org.jspecify.annotations.NullMarked;
