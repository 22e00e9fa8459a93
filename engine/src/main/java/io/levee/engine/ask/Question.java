package io.levee.engine.ask;

import io.levee.engine.query.TimeRange;
import io.levee.engine.query.pipe.Pipeline;
import io.levee.engine.registry.ProjectScope;
import java.time.ZoneId;

/**
 * A question, by whom and when.
 *
 * @param scope what the one who asks may see
 * @param range what it is about, as far as the question itself does not say
 * @param zone in which days begin and hours are counted
 */
public record Question(ProjectScope scope, Pipeline pipeline, TimeRange range, ZoneId zone) {}
