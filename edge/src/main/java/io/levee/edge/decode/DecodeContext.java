package io.levee.edge.decode;

import io.levee.event.ProjectId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder must know that the body does not say.
 *
 * @param received when the request came in
 * @param remoteAddress the client's address, for protocols that ask the server to fill it in
 */
public record DecodeContext(ProjectId project, Instant received, @Nullable String remoteAddress) {}
