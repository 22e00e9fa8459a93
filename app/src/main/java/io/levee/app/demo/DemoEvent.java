package io.levee.app.demo;

import java.time.Instant;

/**
 * One envelope, ready to be posted to {@code /api/<project>/envelope/}.
 *
 * @param project slug of the {@link DemoProject} it belongs to
 * @param time when it happened, as it says itself
 * @param envelope Sentry's envelope format, uncompressed UTF-8; the receiver must not change it
 */
@SuppressWarnings("ArrayRecordComponent") // sent as it is; a copy of every envelope buys nothing
public record DemoEvent(String project, Instant time, byte[] envelope) {}
