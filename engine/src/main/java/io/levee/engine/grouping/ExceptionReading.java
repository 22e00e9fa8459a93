package io.levee.engine.grouping;

import io.levee.event.ExceptionInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one exception of a chain has to say.
 *
 * @param type as it counts; null when it says nothing
 * @param passedOver why the whole exception counts in no variant; null when it counts
 * @param valueSaysMore whether its message counts beside its frames: the type alone says nothing
 */
public record ExceptionReading(
    ExceptionInfo exception,
    @Nullable String type,
    @Nullable String passedOver,
    boolean valueSaysMore,
    List<FrameReading> frames) {}
