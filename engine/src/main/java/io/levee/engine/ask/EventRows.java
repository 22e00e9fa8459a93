package io.levee.engine.ask;

import io.levee.engine.index.StoredEvent;
import io.levee.engine.query.eval.Setting;
import io.levee.engine.query.pipe.Row;
import io.levee.engine.query.pipe.StoredSource;
import io.levee.event.EventReader;

/** Makes rows of stored events. Used by one thread. */
final class EventRows {
  private final EventReader reader = new EventReader();
  private final Setting setting;

  EventRows(Setting setting) {
    this.setting = setting;
  }

  Row row(StoredEvent stored) {
    byte[] json = stored.json();
    StoredSource source = new StoredSource(json, () -> reader.read(json), setting);
    return Row.over(source, source.weight(), setting);
  }
}
