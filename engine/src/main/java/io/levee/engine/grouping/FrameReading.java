package io.levee.engine.grouping;

import io.levee.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What one frame has to say.
 *
 * @param app whether it is the application's own code
 * @param appBecause who said so, for people
 * @param words as it counts: place, function, perhaps source line; null when it is passed over
 * @param passedOver why it counts in no variant; null when it counts
 * @param shortened the function's name means nothing: a minifier made it
 * @param plainWords as it counts when shortened names don't
 */
public record FrameReading(
    Frame frame,
    boolean app,
    String appBecause,
    @Nullable String words,
    @Nullable String passedOver,
    boolean shortened,
    @Nullable String plainWords) {}
