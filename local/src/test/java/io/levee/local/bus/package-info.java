@NullMarked
package io.levee.local.bus;

import org.jspecify.annotations.NullMarked;
