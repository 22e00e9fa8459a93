/** The live view of what was just accepted. */
@NullMarked
package io.levee.engine.tail;

import org.jspecify.annotations.NullMarked;
