package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.sampling.SpikeWatch;
import io.levee.engine.sampling.Thresholds;
import io.levee.event.Json;
import io.levee.event.ProjectId;

/**
 * {@code GET} and {@code PUT /api/v1/sampling}: from how many on a project's errors are sampled.
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
    } else if (text.matches("[0-9]{1,7}") && Integer.parseInt(text) <= Thresholds.MAX) {
      thresholds.set(project, Integer.parseInt(text));
    } else {
      throw new ApiParameters.Wrong(
          THRESHOLD + ": \"" + text + "\" (expected: 0.." + Thresholds.MAX + " or default)");
    }
    return state(project);
  }

  private HttpReply state(ProjectId project) {
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
