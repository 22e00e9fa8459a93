package io.levee.event;

/** How bad it is, from least to most. */
public enum Level {
  TRACE,
  DEBUG,
  INFO,
  WARNING,
  ERROR,
  FATAL
}
