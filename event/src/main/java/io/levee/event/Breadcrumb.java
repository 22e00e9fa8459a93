package io.levee.event;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened shortly before.
 *
 * @param type default, http, navigation, user, error … as the client says
 * @param category a dotted name such as {@code ui.click}
 */
public record Breadcrumb(
    @Nullable Instant time,
    @Nullable String type,
    @Nullable String category,
    @Nullable Level level,
    @Nullable String message,
    Json.Obj data) {}
