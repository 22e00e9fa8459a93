/**
 * The Sentry protocol: envelopes and the older store bodies.
 *
 * <p>Sources: Sentry's developer documentation ("Envelopes", "Event payloads", "Rate limiting",
 * "Client reports") and the golden files that real clients sent us. The decoders are pure; {@link
 * io.levee.edge.sentry.SentryEndpoints} is the thin handler.
 */
@NullMarked
package io.levee.edge.sentry;

import org.jspecify.annotations.NullMarked;
