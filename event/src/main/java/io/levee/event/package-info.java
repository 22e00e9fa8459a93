/** The words every other module speaks. */
@NullMarked
package io.levee.event;

import org.jspecify.annotations.NullMarked;
