@NullMarked
package io.levee.bench.corpus;

import org.jspecify.annotations.NullMarked;
