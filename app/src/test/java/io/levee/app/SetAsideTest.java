package io.levee.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SetAsideTest {
  @TempDir private Path data;

  private Path file(String path, int bytes, int day) throws IOException {
    Path file = data.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
    Instant modified = Instant.parse("2026-11-%02dT00:00:00Z".formatted(day));
    return Files.setLastModifiedTime(file, FileTime.from(modified));
  }

  private SetAside setAside(int filesMax, long bytesMax) {
    return new SetAside(new DataFolder(data), Bounds.DEFAULT.withSetAside(filesMax, bytesMax));
  }

  @Test
  void keepsWhatIsWithinTheBound() throws IOException {
    Path one = file("bus/quarantine/7-12.bad", 100, 1);
    Path other = file("index/mended-by-generation-2/2026-11-01-1/_0.cfs", 100, 2);
    SetAside setAside = setAside(2, 1 << 20);

    setAside.trim();

    assertThat(one).exists();
    assertThat(other).exists();
    assertThat(setAside.kept()).isEqualTo(new SetAside.Kept(2, 200));
  }

  @Test
  void theOldestGoWhenThereAreTooMany() throws IOException {
    Path oldest = file("index/quarantine/2026-11-01-1/_0.cfs", 1, 1);
    Path old = file("bus/quarantine/7-12.bad", 1, 2);
    Path young = file("index/mended-by-generation-2/2026-11-01-1/_0.cfs", 1, 3);
    SetAside setAside = setAside(1, 1 << 20);

    setAside.trim();

    assertThat(oldest).doesNotExist();
    assertThat(oldest.getParent()).as("what the index tells by").isDirectory();
    assertThat(old).doesNotExist();
    assertThat(young).exists();
    assertThat(setAside.kept()).isEqualTo(new SetAside.Kept(1, 1));
  }

  @Test
  void theOldestGoWhenTheyAreTooLarge() throws IOException {
    Path old = file("bus/quarantine/7-12.bad", 600 << 10, 1);
    Path young = file("bus/quarantine/8-12.bad", 500 << 10, 2);

    setAside(10, 1 << 20).trim();

    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void leavesWhatIsNotSetAside() throws IOException {
    Path segment = file("bus/7.seg", 5_000, 1);
    Path slice = file("index/generation-1/2026-11-01/_0.cfs", 5_000, 1);
    Path beingMade = file("bus/quarantine/7-12.bad.tmp", 2 << 20, 1);

    setAside(1, 1 << 20).trim();

    assertThat(segment).exists();
    assertThat(slice).exists();
    assertThat(beingMade).exists();
  }
}
