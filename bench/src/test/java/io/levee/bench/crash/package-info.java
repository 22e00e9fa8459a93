/** The short form of the crash proofs. */
@NullMarked
package io.levee.bench.crash;

import org.jspecify.annotations.NullMarked;
