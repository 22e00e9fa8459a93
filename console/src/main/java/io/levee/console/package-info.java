/**
 * The pages: pure handling of requests for HTML, rendered by compiled templates over the engine's
 * ports. Knows no HTTP server: {@link io.levee.console.Console#handle} takes a {@link
 * io.levee.console.PageRequest} and gives a {@link io.levee.console.PageResponse}.
 *
 * <p>Templates are generated into this very package, so that what they show stays package-private.
 * Widths and heights of charts are SVG attributes, because the content security policy allows no
 * style attributes.
 */
@NullMarked
package io.levee.console;

import org.jspecify.annotations.NullMarked;
