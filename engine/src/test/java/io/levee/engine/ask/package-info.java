@NullMarked
package io.levee.engine.ask;

import org.jspecify.annotations.NullMarked;
