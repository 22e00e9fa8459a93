package io.levee.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.bus.Positions;
import io.levee.engine.registry.Project;
import io.levee.event.ProjectId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit gives the folder, and opens before every test.
final class SqlSamplingTest {
  @TempDir private Path folder;
  private SqlDatabase database;

  @BeforeEach
  void open() {
    database = SqlDatabase.sqlite(folder.resolve("levee.db"), 2);
    database.start();
  }

  @AfterEach
  void close() {
    database.close();
  }

  private ProjectId project() {
    Project project =
        new SqlProjectRegistry(database, Clock.systemUTC(), new SecureRandom())
            .create("shop", "Shop", 90);
    return project.id();
  }

  @Test
  void remembersThresholdsOfProjects() {
    ProjectId shop = project();
    SqlSamplingSettings settings = new SqlSamplingSettings(database);
    assertThat(settings.thresholds()).isEmpty();

    settings.set(shop, 500);
    settings.set(shop, 0);
    close();
    open();

    settings = new SqlSamplingSettings(database);
    assertThat(settings.thresholds()).isEqualTo(Map.of(shop, 0));
    settings.set(shop, -1);
    assertThat(settings.thresholds()).isEmpty();
  }

  @Test
  void remembersWhereTheGroupMayReadOn() {
    SqlPositionStore store = new SqlPositionStore(database, "sampling");
    assertThat(store.read()).isEqualTo(Positions.START);

    store.write(new Positions(Map.of(0, 412L)));
    close();
    open();

    assertThat(new SqlPositionStore(database, "sampling").read())
        .isEqualTo(new Positions(Map.of(0, 412L)));
  }
}
