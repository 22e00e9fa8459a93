package io.levee.engine.query.eval;

import java.time.Instant;
import java.time.ZoneId;

/**
 * What an answer depends on beside the events.
 *
 * @param now the moment that the question is asked at
 * @param zone in which days begin and hours are counted
 */
public record Setting(Instant now, ZoneId zone) {}
