@NullMarked
package io.levee.engine.grouping;

import org.jspecify.annotations.NullMarked;
