/** The bench proves itself: on numbers that are known, and on small servers of its own. */
@NullMarked
package io.levee.bench;

import org.jspecify.annotations.NullMarked;
