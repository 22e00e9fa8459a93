@NullMarked
package io.levee.engine.export;

import org.jspecify.annotations.NullMarked;
