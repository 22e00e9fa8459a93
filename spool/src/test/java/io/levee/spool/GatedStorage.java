package io.levee.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A storage whose forces of files wait while its gate is shut. */
final class GatedStorage implements Storage {

  private final Storage storage;
  private volatile CountDownLatch gate = new CountDownLatch(0);

  GatedStorage(Storage storage) {
    this.storage = storage;
  }

  void shut() {
    gate = new CountDownLatch(1);
  }

  void open() {
    gate.countDown();
  }

  @Override
  public List<String> list(String folder) throws IOException {
    return storage.list(folder);
  }

  @Override
  public Sink create(String name) throws IOException {
    return new GatedSink(storage.create(name));
  }

  @Override
  public Sink append(String name) throws IOException {
    return new GatedSink(storage.append(name));
  }

  @Override
  public void rewrite(String name) throws IOException {
    storage.rewrite(name);
  }

  @Override
  public Source read(String name) throws IOException {
    return storage.read(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    storage.rename(from, to);
  }

  @Override
  public void delete(String name) throws IOException {
    storage.delete(name);
  }

  @Override
  public void createFolder(String folder) throws IOException {
    storage.createFolder(folder);
  }

  @Override
  public void forceFolder(String folder) throws IOException {
    storage.forceFolder(folder);
  }

  @Override
  public @Nullable Closeable tryLock(String name) throws IOException {
    return storage.tryLock(name);
  }

  private final class GatedSink implements Sink {
    private final Sink sink;

    GatedSink(Sink sink) {
      this.sink = sink;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      return sink.write(bytes);
    }

    @Override
    public void force() throws IOException {
      try {
        gate.await();
      } catch (InterruptedException e) {
        throw new IOException("interrupted at the gate", e);
      }
      sink.force();
    }

    @Override
    public void close() throws IOException {
      sink.close();
    }
  }
}
