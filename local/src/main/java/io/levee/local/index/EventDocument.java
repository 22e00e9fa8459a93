package io.levee.local.index;

import io.levee.engine.query.EventFields;
import io.levee.engine.query.FieldVisitor;
import io.levee.engine.query.Fields;
import io.levee.engine.query.Values;
import io.levee.engine.query.WordScanner;
import io.levee.event.Event;
import io.levee.event.ExceptionInfo;
import io.levee.event.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.BinaryPoint;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** Makes Lucene documents of events, one at a time. Used by one thread. */
final class EventDocument implements FieldVisitor {
  private static final Set<String> FACETS = facets();

  private final WordStream words = new WordStream();
  private final Field wordsField = new Field(Schema.WORDS, words, Schema.WORDS_TYPE);
  private final TermStream terms = new TermStream();
  private final Field termsField = new Field(Schema.EXACT, terms, Schema.TERMS_TYPE);
  private final Map<String, WordStream> texts = new HashMap<>();
  private final Map<String, Field> textFields = new HashMap<>();

  /** Of values that repeat, as those of frames do, one is enough: no phrase spans two. */
  private final Set<String> wordsSeen = new HashSet<>();

  private final Set<String> facetsSeen = new HashSet<>();
  private final LeafValues leaves = new LeafValues();
  private final Stacks stacks = new Stacks();
  private final StackDocument stackDocument = new StackDocument();
  private final Set<Long> stacksSeen = new HashSet<>();
  private final List<NewStack> newStacks = new ArrayList<>();
  private KnownStacks known = new KnownStacks();
  private Document document = new Document();
  private String title = "";
  private String trace = "";

  /** A value whose words are not needed, because a term is asked in their place. */
  private @Nullable String silent;

  /** Frames that the slice has no document of as yet. */
  private record NewStack(long hash, List<Frame> frames) {}

  /** Takes a document. */
  interface Sink {
    void add(Document document) throws IOException;
  }

  /**
   * The document of an event; valid until the next call. To be stored behind {@link #addNewStacks}.
   *
   * @param json the event's canonical JSON
   * @param held the stacks of the slice that it goes to
   * @param keys those that the slice counts by; null when it counts by tags alone
   */
  Document of(Event event, byte[] json, KnownStacks held, @Nullable KnownKeys keys) {
    clear();
    known = held;
    trace = event.traceId() == null || !TraceIds.isTrace(event.traceId()) ? "" : event.traceId();
    leaves.begin(event.project(), keys);
    document.add(
        new StringField(Schema.KEY, Schema.key(event.id(), event.project()), Field.Store.NO));
    document.add(NumericDocValuesField.indexedField(Schema.TIME, Values.nanos(event.time())));
    document.add(new NumericDocValuesField(Schema.TIE, Schema.tie(event.id(), event.project())));
    document.add(new NumericDocValuesField(Schema.LEVEL, event.level().code()));
    if (event.weight() != 1) {
      document.add(new NumericDocValuesField(Schema.EXTRA_WEIGHT, event.weight() - 1L));
    }
    EventFields.visit(event, this);
    document.add(termsField);
    document.add(wordsField);
    texts.forEach((name, stream) -> {
      Field field = textFields.get(name);
      if (!stream.isEmpty() && field != null) {
        document.add(field);
      }
    });
    document.add(new StoredField(Schema.JSON, json));
    return document;
  }

  /** Makes documents of the stacks that the last event needs and its slice does not have. */
  void addNewStacks(Sink slice) throws IOException {
    for (NewStack stack : newStacks) {
      slice.add(stackDocument.of(stack.hash(), stack.frames(), document));
      known.add(stack.hash());
    }
  }

  /**
   * The document of one of an event's stacks; null when the event has no such stack. Valid until
   * the next call.
   */
  @Nullable Document stack(Event event, byte[] json, long hash) {
    of(event, json, new KnownStacks(), null);
    for (ExceptionInfo exception : event.exceptions()) {
      if (stacks.of(exception.frames()).hash() == hash) {
        return stackDocument.of(hash, exception.frames(), document);
      }
    }
    return null;
  }

  private void clear() {
    document = new Document();
    title = "";
    stacksSeen.clear();
    newStacks.clear();
    words.clear();
    terms.clear();
    texts.values().forEach(WordStream::clear);
    wordsSeen.clear();
    facetsSeen.clear();
  }

  @Override
  public void exact(String field, String value) {
    if (field.equals("id")) {
      return; // The key holds it.
    }
    terms.exact(field, value);
    if (FACETS.contains(field) && facetsSeen.add(field)) {
      document.add(
          new SortedDocValuesField(Schema.FACET_PREFIX + field, new BytesRef(Values.cut(value))));
    }
  }

  @Override
  public void text(String field, String value) {
    WordStream stream = texts.get(field);
    if (stream == null) {
      stream = new WordStream();
      texts.put(field, stream);
      textFields.put(field, new Field(Schema.TEXT_PREFIX + field, stream, Schema.WORDS_TYPE));
    }
    stream.add(value);
    terms.exists(field);
    if (field.equals("title")) {
      title = value;
    }
  }

  @Override
  public void number(String field, double value) {
    document.add(new BinaryPoint(Schema.NUMBER, Schema.number(field, value + 0.0)));
    terms.exists(field);
  }

  @Override
  public void leaf(String path, String value) {
    boolean same = path.equals(TraceIds.TRACE) && !trace.isEmpty() && value.equalsIgnoreCase(trace);
    if (same) {
      terms.same(path);
    } else {
      terms.leaf(path, value);
    }
    silent = same || TraceIds.isSpan(path, value) ? value : null;
    double number = Values.number(value);
    if (!Double.isNaN(number)) {
      document.add(new BinaryPoint(Schema.NUMBER, Schema.number(path, number)));
    }
    leaves.add(document, path, value);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // A leaf's value comes a second time, as words.
  public void words(String value) {
    boolean asked = value == silent;
    silent = null;
    if (!asked && wordsSeen.add(value) && !inTitle(value)) {
      words.add(value);
    }
  }

  @Override
  public void frames(List<Frame> frames) {
    Stack stack = stacks.of(frames);
    boolean held = known.holds(stack.hash());
    if (!held && !known.earns(stack)) {
      EventFields.visitCode(frames, this);
    } else if (stacksSeen.add(stack.hash())) {
      document.add(new StringField(Schema.STACK, Schema.stack(stack.hash()), Field.Store.NO));
      if (!held) {
        newStacks.add(new NewStack(stack.hash(), frames));
      }
    }
    EventFields.visitVariables(frames, this);
  }

  /** Whether the title has these words already: an exception's type and value mostly lie in it. */
  private boolean inTitle(String value) {
    int at = value.isEmpty() || value.length() >= title.length() ? -1 : title.indexOf(value);
    int end = at + value.length();
    return at >= 0
        && (at == 0 || !WordScanner.standsInWord(title.charAt(at - 1)))
        && (end == title.length() || !WordScanner.standsInWord(title.charAt(end)));
  }

  private static Set<String> facets() {
    Set<String> names = new HashSet<>();
    Fields.all().stream().filter(Fields.Field::faceted).forEach(field -> names.add(field.name()));
    return names;
  }
}
