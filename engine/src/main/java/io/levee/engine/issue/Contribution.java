package io.levee.engine.issue;

/**
 * One thing that counted when events were grouped, so that people can see why two belong together.
 *
 * @param what type, frame, message, fingerprint …
 * @param value as it counted: cleaned and parameterised
 */
public record Contribution(String what, String value) {}
