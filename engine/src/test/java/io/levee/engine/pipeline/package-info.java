@NullMarked
package io.levee.engine.pipeline;

import org.jspecify.annotations.NullMarked;
