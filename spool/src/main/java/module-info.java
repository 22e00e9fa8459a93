/** The durable log; see {@link io.levee.spool}. */
module io.levee.spool {
  requires static transitive org.jspecify;

  exports io.levee.spool;
}
