package io.levee.edge.api;

import io.levee.edge.net.HttpCall;
import io.levee.edge.net.HttpReply;
import io.levee.engine.pipeline.StoreUpkeep;
import io.levee.engine.run.BackendException;
import io.levee.event.Json;
import io.levee.event.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code POST /api/v1/verify} and {@code /api/v1/rebuild/{store}}: progress as it comes, one JSON
 * object a line, the last with {@code done}.
 */
final class UpkeepEndpoints {
  private static final Logger LOG = LoggerFactory.getLogger(UpkeepEndpoints.class);

  private final StoreUpkeep upkeep;

  UpkeepEndpoints(StoreUpkeep upkeep) {
    this.upkeep = upkeep;
  }

  HttpReply verify(HttpCall call, ReadContext read) {
    return running(out -> {
      StoreUpkeep.Verified verified = upkeep.verify(line -> say(out, line));
      for (StoreUpkeep.Difference difference : verified.differences()) {
        say(
            out,
            "difference on "
                + difference.day()
                + " in project "
                + difference.project()
                + ": index has "
                + difference.inIndex().events()
                + " events, archive has "
                + difference.inArchive().events());
      }
      verified
          .damage()
          .forEach(
              found -> say(out, (found.open() ? "damage: " : "mended damage: ") + found.what()));
      write(
          out,
          ApiReplies.object(
              "done",
              true,
              "agree",
              verified.agree(),
              "events",
              verified.events(),
              "differences",
              verified.differences().size()));
    });
  }

  HttpReply rebuild(HttpCall call, ReadContext read) {
    String store = call.pathParameter("store");
    return switch (store) {
      case "index" -> rebuilding(out -> upkeep.rebuildIndex(line -> say(out, line)));
      case "archive" -> rebuilding(out -> upkeep.rebuildArchive(line -> say(out, line)));
      default -> ApiReplies.error(404, "store: \"" + store + "\" (expected: index or archive)");
    };
  }

  private interface Rebuild {
    long run(OutputStream out) throws InterruptedException;
  }

  private static HttpReply rebuilding(Rebuild rebuild) {
    return running(out -> write(out, ApiReplies.object("done", true, "events", rebuild.run(out))));
  }

  private interface Work {
    void run(OutputStream out) throws InterruptedException;
  }

  private static HttpReply running(Work work) {
    return HttpReply.stream(
        "application/x-ndjson",
        out -> {
          try {
            work.run(out);
          } catch (BackendException e) {
            write(out, ApiReplies.object("done", false, "error", String.valueOf(e.getMessage())));
          } catch (UncheckedIOException e) {
            throw e.getCause();
          } catch (RuntimeException e) {
            // Half of the answer may be on its way: its end must say that it isn't whole.
            LOG.atError().setCause(e).log("upkeep failed");
            String error = "internal error: " + e + "; the server's log says more";
            write(out, ApiReplies.object("done", false, "error", error));
          }
        });
  }

  private static void say(OutputStream out, String line) {
    write(out, ApiReplies.object("progress", line));
  }

  private static void write(OutputStream out, Json.Obj line) {
    try {
      out.write((JsonText.write(line) + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
