package io.levee.local.index;

import io.levee.engine.query.Values;
import io.levee.event.Level;
import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.index.DocValuesSkipper;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/**
 * How many events of a segment there are by project, level, the value of at most one field, and
 * step of time. A segment never changes but for deletions, which make another reader of it; so what
 * was counted once holds as long as the reader. Immutable.
 *
 * <p>Cells lie by group (project, level, value), and within it in the order of time.
 */
final class SegmentRollup {
  /** Of a segment with more cells there is none: looking through them would not be faster. */
  static final int CELLS_MAX = 1 << 18;

  /** The same for different values. */
  static final int VALUES_MAX = 20_000;

  private static final int LEVELS = Level.values().length;
  private static final int WORD_BYTES = 80;

  private final long stepNanos;
  private final long firstStep;
  private final @Nullable String[] projects;
  private final @Nullable String[] values;

  /** The same as they are compared; mostly the very same. */
  private final @Nullable String[] folded;

  /** {@code (project * levels + level) * values + value}; place 0 means: none. */
  private final int[] groups;

  /** Where the cells of each group begin; one more, for the end of the last. */
  private final int[] begins;

  private final int[] steps;
  private final int[] stored;

  /** By how much the events are more than those stored; null when no event stands for others. */
  private final long @Nullable [] extra;

  private SegmentRollup(Shape shape, TallyCells counts, @Nullable TallyCells weights)
      throws IOException {
    this.stepNanos = shape.stepNanos;
    this.firstStep = shape.firstStep;
    this.projects = shape.projects.words();
    this.values = shape.values.words();
    this.folded = folded(values);
    int[] cells = counts.cells();
    Arrays.sort(cells);
    this.steps = new int[cells.length];
    this.stored = new int[cells.length];
    this.extra = weights == null ? null : new long[cells.length];
    int[] found = new int[cells.length];
    int[] begin = new int[cells.length + 1];
    int last = -1;
    for (int i = 0; i < cells.length; i++) {
      int group = (int) (cells[i] / shape.steps);
      if (last < 0 || found[last] != group) {
        found[++last] = group;
        begin[last] = i;
      }
      steps[i] = (int) (cells[i] % shape.steps);
      stored[i] = (int) counts.get(cells[i]);
      if (extra != null && weights != null) {
        extra[i] = weights.get(cells[i]);
      }
    }
    begin[last + 1] = cells.length;
    this.groups = Arrays.copyOf(found, last + 1);
    this.begins = Arrays.copyOf(begin, last + 2);
  }

  private static @Nullable String[] folded(@Nullable String[] values) {
    @Nullable String[] folded = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      String value = values[i];
      folded[i] = value == null ? null : Values.fold(value);
    }
    return folded;
  }

  /** Which groups are wanted. */
  interface Choice {
    /** Whether it tells this value, as {@link Values#fold} writes it, from all others. */
    boolean names(String folded);

    /**
     * Whether it wants the groups of a value.
     *
     * @param value one that it names; null for every other and for none
     */
    boolean wants(@Nullable String project, Level level, @Nullable String value);
  }

  /** Takes what the wanted groups hold. */
  interface Taker {
    /** What the next cells are of. */
    void of(String project, Level level, @Nullable String value);

    /**
     * A cell of the group that was named last, in the order of time.
     *
     * @param startNanos where the step begins
     */
    void take(long startNanos, long events, long stored);
  }

  /** A field's places in a segment; without a field there is one place, for none. */
  private record Column(@Nullable TallyField field, int size) {
    static Column of(@Nullable TallyField field, LeafReader reader) throws IOException {
      return field == null
          ? new Column(null, 1)
          : new Column(field, (int) Math.min(VALUES_MAX + 2L, field.open(reader) + 1));
    }

    boolean fits() {
      return size <= VALUES_MAX + 1;
    }

    long place(int doc) throws IOException {
      return field == null ? 0 : field.place(doc) + 1;
    }

    boolean several() {
      return field != null && field.several();
    }

    @Nullable String[] words() throws IOException {
      @Nullable String[] words = new String[size];
      for (int i = 1; i < size && field != null; i++) {
        words[i] = field.word(i - 1L);
      }
      return words;
    }
  }

  /** How many different values of a field a segment has. */
  static long values(LeafReader reader, @Nullable String field) throws IOException {
    TallyField tallied = field == null ? null : TallyField.of(field);
    return tallied == null ? 0 : tallied.open(reader);
  }

  /** The numbers that a segment's cells are made of. */
  private static final class Shape {
    private final long stepNanos;
    private final long firstStep;
    private final long steps;
    private final Column projects;
    private final Column values;
    private final long[] sizes;

    Shape(LeafReader reader, DocValuesSkipper times, @Nullable String field, long stepNanos)
        throws IOException {
      this.stepNanos = stepNanos;
      this.firstStep = Math.floorDiv(times.minValue(), stepNanos);
      this.steps = Math.floorDiv(times.maxValue(), stepNanos) - firstStep + 1;
      this.projects = Column.of(TallyField.of("project"), reader);
      this.values = Column.of(field == null ? null : TallyField.of(field), reader);
      this.sizes = new long[] {projects.size(), LEVELS, values.size(), steps};
    }

    boolean fits() {
      double product = 1;
      for (long size : sizes) {
        product *= size;
      }
      return product < Integer.MAX_VALUE && projects.fits() && values.fits();
    }

    long cell(int doc, int level, long nanos) throws IOException {
      long group = (projects.place(doc) * LEVELS + level) * values.size() + values.place(doc);
      return group * steps + Math.floorDiv(nanos, stepNanos) - firstStep;
    }
  }

  /**
   * Counts a segment.
   *
   * @param field as {@link TallyField#of} knows it; null to count by project and level alone
   * @return null when it has too many different cells
   */
  static @Nullable SegmentRollup of(LeafReader reader, @Nullable String field, long stepNanos)
      throws IOException {
    DocValuesSkipper skipper = reader.getDocValuesSkipper(Schema.TIME);
    NumericDocValues times = reader.getNumericDocValues(Schema.TIME);
    NumericDocValues levels = reader.getNumericDocValues(Schema.LEVEL);
    if (skipper == null || times == null || levels == null) {
      return null;
    }
    Shape shape = new Shape(reader, skipper, field, stepNanos);
    if (!shape.fits()) {
      return null;
    }
    NumericDocValues extraWeights = reader.getNumericDocValues(Schema.EXTRA_WEIGHT);
    TallyCells counts = new TallyCells(shape.sizes);
    TallyCells weights = extraWeights == null ? null : new TallyCells(shape.sizes);
    NumericDocValues stacks = reader.getNumericDocValues(Schema.STACK_KEY);
    Bits live = reader.getLiveDocs();
    for (int doc = times.nextDoc(); doc < reader.maxDoc(); doc = times.nextDoc()) {
      boolean event = stacks == null || !stacks.advanceExact(doc);
      if (!event || (live != null && !live.get(doc)) || !levels.advanceExact(doc)) {
        continue;
      }
      long cell = shape.cell(doc, (int) levels.longValue(), times.longValue());
      counts.add(cell, 1);
      if (counts.used() > CELLS_MAX) {
        return null;
      }
      if (weights != null && extraWeights.advanceExact(doc)) {
        weights.add(cell, extraWeights.longValue());
      }
    }
    return shape.values.several() ? null : new SegmentRollup(shape, counts, weights);
  }

  /**
   * Shows the cells of steps that begin in a stretch of time. Most values are not told from each
   * other, so that a choice is made once for all of them.
   */
  void forEach(long fromNanos, long toNanosExcluded, Choice choice, Taker taker) {
    boolean[] named = named(choice);
    int last = -1;
    boolean others = false;
    for (int g = 0; g < groups.length; g++) {
      int value = groups[g] % values.length;
      int above = groups[g] / values.length;
      String project = projects[above / LEVELS];
      Level level = Level.ofCode(above % LEVELS);
      if (above != last) {
        last = above;
        others = choice.wants(project, level, null);
      }
      boolean wanted = named[value] ? choice.wants(project, level, values[value]) : others;
      if (wanted && project != null) {
        taker.of(project, level, values[value]);
        cells(g, fromNanos, toNanosExcluded, taker);
      }
    }
  }

  private boolean[] named(Choice choice) {
    boolean[] named = new boolean[folded.length];
    for (int i = 0; i < folded.length; i++) {
      String value = folded[i];
      named[i] = value != null && choice.names(value);
    }
    return named;
  }

  private void cells(int group, long fromNanos, long toNanosExcluded, Taker taker) {
    for (int i = begins[group]; i < begins[group + 1]; i++) {
      long start = (firstStep + steps[i]) * stepNanos;
      if (start >= fromNanos && start < toNanosExcluded) {
        taker.take(start, stored[i] + (extra == null ? 0 : extra[i]), stored[i]);
      }
    }
  }

  /** About how much memory it takes. */
  long bytes() {
    long words = (long) (projects.length + values.length) * WORD_BYTES;
    long each = 2L * Integer.BYTES + (extra == null ? 0 : Long.BYTES);
    return words + groups.length * 2L * Integer.BYTES + steps.length * each;
  }
}
