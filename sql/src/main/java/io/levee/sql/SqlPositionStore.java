package io.levee.sql;

import io.levee.engine.bus.PositionStore;
import io.levee.engine.bus.Positions;

/** The positions of one group, in the row that a migration made for it. */
public final class SqlPositionStore implements PositionStore {
  private final SqlDatabase database;
  private final String group;

  /** Over a database that was or will be started before the first call. */
  public SqlPositionStore(SqlDatabase database, String group) {
    this.database = database;
    this.group = group;
  }

  @Override
  public Positions read() {
    return database.read("read positions", handle -> SqlRows.positions(handle, group, ""));
  }

  @Override
  public void write(Positions positions) {
    database.update("write positions", handle -> SqlRows.setPositions(handle, group, positions));
  }
}
