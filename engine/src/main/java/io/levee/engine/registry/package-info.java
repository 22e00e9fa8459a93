/** Projects, their keys, and the scope that every read of data must name. */
@NullMarked
package io.levee.engine.registry;

import org.jspecify.annotations.NullMarked;
