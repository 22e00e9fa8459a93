/**
 * The words every other module speaks: the {@link io.levee.event.Event} that flows through the
 * house, its identifiers, its canonical JSON (one line an event) and the small binary header that
 * travels before it on the bus.
 *
 * <p>Everything here is an immutable value; nothing does I/O.
 */
@NullMarked
package io.levee.event;

import org.jspecify.annotations.NullMarked;
