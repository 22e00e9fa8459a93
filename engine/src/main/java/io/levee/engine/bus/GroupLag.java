package io.levee.engine.bus;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a group is behind.
 *
 * @param records not yet committed
 * @param bytes not yet committed
 * @param oldest when the oldest uncommitted record was published; null when there is none
 */
public record GroupLag(String group, long records, long bytes, @Nullable Instant oldest) {}
