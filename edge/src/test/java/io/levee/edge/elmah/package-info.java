@NullMarked
package io.levee.edge.elmah;

import org.jspecify.annotations.NullMarked;
