@NullMarked
package io.levee.engine.work;

import org.jspecify.annotations.NullMarked;
