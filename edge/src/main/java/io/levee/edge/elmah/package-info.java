/**
 * The elmah.io v3 API: messages in, one or many, and the same messages out again.
 *
 * <p>Source: the API's published OpenAPI document and help pages, and the golden files that its
 * JavaScript client sent us.
 */
@NullMarked
package io.levee.edge.elmah;

import org.jspecify.annotations.NullMarked;
