/** Tests and the benchmark of the embedded index. */
@NullMarked
package io.levee.local.index;

import org.jspecify.annotations.NullMarked;
