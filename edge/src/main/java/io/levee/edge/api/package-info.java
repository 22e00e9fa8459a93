/**
 * Levee's own JSON API, {@code /api/v1}: send events, ask for them, watch them. {@code
 * openapi.json} beside it says the same to machines.
 */
@NullMarked
package io.levee.edge.api;

import org.jspecify.annotations.NullMarked;
