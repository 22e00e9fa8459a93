package io.levee.engine.ask;

import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.eval.Setting;
import io.levee.engine.query.pipe.EventSource;
import io.levee.engine.query.pipe.Row;
import io.levee.event.Event;
import io.levee.event.EventReader;

/** Makes rows of stored events. Used by one thread. */
final class EventRows {
  private final EventReader reader = new EventReader();
  private final Setting setting;

  EventRows(Setting setting) {
    this.setting = setting;
  }

  Row row(StoredEvent stored) {
    Event event = reader.read(stored.json());
    return Row.over(new EventSource(event, setting), event.weight(), setting);
  }
}
