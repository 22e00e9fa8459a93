package io.levee.spool;

import java.util.List;

/**
 * What one force makes durable.
 *
 * @param appends the calls in it, in order
 * @param records their records
 * @param bytes their bytes in the file, headers included
 */
record Batch(List<Append> appends, int records, long bytes) {

  void succeed() {
    appends.forEach(Append::succeed);
  }

  void fail(SpoolException reason) {
    appends.forEach(append -> append.fail(reason));
  }
}
