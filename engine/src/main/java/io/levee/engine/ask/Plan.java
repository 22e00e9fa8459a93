package io.levee.engine.ask;

import io.levee.engine.index.TallyRequest;
import io.levee.engine.query.Query;
import io.levee.engine.query.TimeRange;
import io.levee.engine.query.pipe.QueryText;
import io.levee.engine.query.pipe.Stage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a question is answered.
 *
 * @param filter what the index looks for
 * @param range of event time
 * @param tally what the index is asked to count; null when events are read
 * @param newestFirst whether they are read in order of time
 * @param stages that rows then go through
 */
public record Plan(
    Query filter,
    TimeRange range,
    @Nullable TallyRequest tally,
    boolean newestFirst,
    List<Stage> stages) {
  public Plan {
    stages = List.copyOf(stages);
  }

  /** In lines that people read. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("find    " + QueryText.of(filter));
    lines.add("from    " + range.from() + " to " + range.to());
    if (tally == null) {
      lines.add("read    events" + (newestFirst ? ", newest first" : ", in any order"));
    } else {
      String time = tally.starts().isEmpty() ? "" : tally.starts().size() + " steps of time";
      String fields = String.join(", ", tally.fields());
      String by = fields.isEmpty() || time.isEmpty() ? fields + time : fields + ", " + time;
      String top = tally.top() == 0 ? "" : ", the " + tally.top() + " with the most events";
      lines.add("count   in the index" + (by.isEmpty() ? "" : " by " + by) + top);
    }
    stages.forEach(stage -> lines.add("then    " + stage.show()));
    return lines;
  }
}
