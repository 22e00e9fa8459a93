@NullMarked
package io.levee.edge.net;

import org.jspecify.annotations.NullMarked;
