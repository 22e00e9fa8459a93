/** What stands before every protocol's door. */
@NullMarked
package io.levee.edge.door;

import org.jspecify.annotations.NullMarked;
