@NullMarked
package io.levee.edge.door;

import org.jspecify.annotations.NullMarked;
