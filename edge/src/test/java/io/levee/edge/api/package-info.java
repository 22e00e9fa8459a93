@NullMarked
package io.levee.edge.api;

import org.jspecify.annotations.NullMarked;
