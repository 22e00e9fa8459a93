@NullMarked
package io.levee.engine.sampling;

import org.jspecify.annotations.NullMarked;
