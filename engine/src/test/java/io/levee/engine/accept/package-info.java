@NullMarked
package io.levee.engine.accept;

import org.jspecify.annotations.NullMarked;
