package io.levee.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileStorageTest {

  @TempDir Path folder;
  private Path root = Path.of("");
  private FileStorage storage = new FileStorage(root);

  @BeforeEach
  void create() throws IOException {
    root = folder.resolve("a/b");
    storage = new FileStorage(root);
    storage.createFolder("");
    storage.createFolder("");
  }

  private void write(String name, int... values) throws IOException {
    try (Storage.Sink sink = storage.create(name)) {
      for (int value : values) {
        assertThat(sink.write(ByteBuffer.wrap(new byte[] {(byte) value}))).isEqualTo(1);
      }
      sink.force();
    }
  }

  @Test
  void createsAppendsAndReads() throws IOException {
    write("file", 1, 2);
    try (Storage.Sink sink = storage.append("file")) {
      sink.write(ByteBuffer.wrap(new byte[] {3}));
    }

    assertThat(root.resolve("file")).hasBinaryContent(new byte[] {1, 2, 3});
    try (Storage.Source source = storage.read("file")) {
      ByteBuffer bytes = ByteBuffer.allocate(5);
      assertThat(source.size()).isEqualTo(3);
      assertThat(source.read(bytes, 1)).isEqualTo(2);
      assertThat(source.read(bytes, 3)).isEqualTo(-1);
    }
    assertThatThrownBy(() -> storage.create("file")).isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> storage.append("none")).isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> storage.read("none")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void rewritesWithoutChangingAnything() throws IOException {
    byte[] content = new byte[(256 << 10) * 2 + 77];
    new Random(20261122).nextBytes(content);
    Files.write(root.resolve("file"), content);

    storage.rewrite("file");

    assertThat(root.resolve("file")).hasBinaryContent(content);
    assertThatThrownBy(() -> storage.rewrite("none")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void renamesOverAnotherFileAndDeletes() throws IOException {
    storage.createFolder("sub");
    write("old", 1);
    write("sub/new", 2);

    storage.rename("old", "sub/new");
    storage.forceFolder("sub");

    assertThat(storage.list("")).isEmpty();
    assertThat(storage.list("sub")).containsExactly("new");
    assertThat(storage.list("none")).isEmpty();
    assertThat(root.resolve("sub/new")).hasBinaryContent(new byte[] {1});
    storage.delete("sub/new");
    assertThat(storage.list("sub")).isEmpty();
    assertThatThrownBy(() -> storage.delete("sub/new")).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void locksOnceAcrossInstances() throws IOException {
    Storage other = new FileStorage(folder.resolve("a/../a/b"));
    Closeable lock = storage.tryLock("lock");
    assertThat(lock).isNotNull();
    assertThat(other.tryLock("lock")).isNull();

    if (lock != null) {
      lock.close();
    }

    Closeable again = other.tryLock("lock");
    assertThat(again).isNotNull();
    if (again != null) {
      again.close();
    }
  }

  @Test
  void saysWhereAFileIsInTheWay() throws IOException {
    Files.writeString(root.resolve("file"), "x");

    assertThatThrownBy(() -> storage.createFolder("file/sub"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("file");
  }
}
