/** Deletes an issue, or all data of one user, from everywhere and for good. */
@NullMarked
package io.levee.engine.erase;

import org.jspecify.annotations.NullMarked;
