/** Events written out for other programs, as many as there are. */
@NullMarked
package io.levee.engine.export;

import org.jspecify.annotations.NullMarked;
