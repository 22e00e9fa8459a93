/** Hand-written stand-ins for what the doors call, and the golden files as requests. */
@NullMarked
package io.levee.edge.fake;

import org.jspecify.annotations.NullMarked;
