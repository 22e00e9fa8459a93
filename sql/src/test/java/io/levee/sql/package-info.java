/** The contracts on SQLite, and what is this package's own. */
@NullMarked
package io.levee.sql;

import org.jspecify.annotations.NullMarked;
