@NullMarked
package io.levee.engine.release;

import org.jspecify.annotations.NullMarked;
