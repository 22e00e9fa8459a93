@NullMarked
package io.levee.event;

import org.jspecify.annotations.NullMarked;
