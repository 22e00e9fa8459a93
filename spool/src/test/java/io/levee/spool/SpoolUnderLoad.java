package io.levee.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that appends as fast as it can and prints the name of each group it was told yes for,
 * until it is killed. Group {@code n} of a thread has {@code 1 + n % 3} records, named {@code
 * life-thread-n:i}.
 */
final class SpoolUnderLoad {

  private static final int THREADS = 64;

  private SpoolUnderLoad() {}

  /** Arguments: the folder, and the number of this life. */
  public static void main(String[] arguments) throws InterruptedException {
    Spool spool = Spool.open(Path.of(arguments[0]), SpoolOptions.small(1L << 30));
    List<Thread> threads = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      String name = arguments[1] + "-" + thread + "-";
      threads.add(Thread.ofVirtual().start(() -> load(spool, name)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void load(Spool spool, String name) {
    for (int n = 0; !System.out.checkError(); n++) { // ends when nobody listens any more
      List<ByteBuffer> group = new ArrayList<>();
      for (int i = 0; i < 1 + n % 3; i++) {
        group.add(
            ByteBuffer.wrap((name + n + ":" + i + " " + "x".repeat(500 * i)).getBytes(US_ASCII)));
      }
      spool.append(group);
      System.out.println(name + n);
    }
  }
}
