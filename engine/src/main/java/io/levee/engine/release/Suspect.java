package io.levee.engine.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The release that most likely brought an issue.
 *
 * @param reason in words
 * @param deploy the deploy of it before the first event; null when none is known
 * @param since from then to the first event; the release's first sight without a deploy
 */
public record Suspect(String release, String reason, @Nullable Deploy deploy, Instant since) {}
