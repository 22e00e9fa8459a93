package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.sampling.SpikeWatch;
import io.levee.engine.sampling.Thresholds;
import io.levee.event.Json;
import io.levee.event.ProjectId;

/**
 * From how many on a project's errors are sampled: {@code GET} and {@code PUT /api/v1/sampling} of
 * the key's own project, {@code GET} and {@code POST /api/v1/projects/{id}/sampling} of any.
 */
final class SamplingEndpoints {
  private static final String THRESHOLD = "errors_per_minute";

  private final Thresholds thresholds;
  private final SpikeWatch spikes;

  SamplingEndpoints(Thresholds thresholds, SpikeWatch spikes) {
    this.thresholds = thresholds;
    this.spikes = spikes;
  }

  HttpReply read(HttpCall call, ReadContext read) {
    return state(read.key().project());
  }

  /** Sets the project's own threshold, or goes back to the usual one. */
  HttpReply change(HttpCall call, ReadContext read) {
    ProjectId project = read.key().project();
    String text = read.parameters().text(THRESHOLD);
    if (text.equals("default")) {
      thresholds.reset(project);
    } else if (isThreshold(text)) {
      thresholds.set(project, Integer.parseInt(text));
    } else {
      throw new ApiParameters.Wrong(
          THRESHOLD + ": \"" + text + "\" (expected: 0.." + Thresholds.MAX + " or default)");
    }
    return state(project);
  }

  /** Sets a project's own threshold; null goes back to the usual one. */
  HttpReply change(ProjectId project, Json.Obj wanted) {
    Json value = wanted.get(THRESHOLD);
    if (value == null || wanted.fields().size() > 1) {
      throw new ApiParameters.Wrong("body: (expected: {\"" + THRESHOLD + "\": …})");
    }
    if (value instanceof Json.Null) {
      thresholds.reset(project);
    } else if (value instanceof Json.Num(String literal) && isThreshold(literal)) {
      thresholds.set(project, Integer.parseInt(literal));
    } else {
      throw new ApiParameters.Wrong(THRESHOLD + ": (expected: 0.." + Thresholds.MAX + " or null)");
    }
    return state(project);
  }

  private static boolean isThreshold(String text) {
    return text.matches("[0-9]{1,7}") && Integer.parseInt(text) <= Thresholds.MAX;
  }

  HttpReply state(ProjectId project) {
    SpikeWatch.Spike spike = spikes.spike(project);
    return HttpReply.json(
        200,
        ApiReplies.object(
            THRESHOLD,
            thresholds.of(project),
            "own",
            thresholds.isOwn(project),
            "spike",
            spike == null
                ? Json.nothing()
                : ApiReplies.object(
                    THRESHOLD, spike.errorsPerMinute(), "limit", spike.limitPerMinute())));
  }
}
