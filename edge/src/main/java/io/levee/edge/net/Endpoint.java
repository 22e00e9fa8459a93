package io.levee.edge.net;

/** Answers calls. Runs on a virtual thread of its own and may block. Thread-safe. */
@FunctionalInterface
public interface Endpoint {
  HttpReply handle(HttpCall call);
}
