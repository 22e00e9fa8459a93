/** Remembered ids, put to the test. */
@NullMarked
package io.levee.local.accept;

import org.jspecify.annotations.NullMarked;
