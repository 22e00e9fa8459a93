package io.levee.local.index;

import io.levee.engine.query.EventFields;
import io.levee.engine.query.FieldVisitor;
import io.levee.event.Frame;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.IndexableField;

/**
 * Makes the Lucene document of a stack: the terms that its frames would give to every event, in
 * fields of their own. It has no project, no key and no JSON, so nothing that looks for events
 * finds it. Used by one thread.
 */
final class StackDocument implements FieldVisitor {
  private final WordStream words = new WordStream();
  private final Field wordsField = new Field(Schema.STACK_WORDS, words, Schema.WORDS_TYPE);
  private final TermStream terms = new TermStream();
  private final Field termsField = new Field(Schema.STACK_EXACT, terms, Schema.TERMS_TYPE);
  private final Set<String> wordsSeen = new HashSet<>();

  /**
   * The document of a stack; valid until the next call.
   *
   * @param event the one that brought it; its doc values are repeated, for a gap in them would make
   *     every event's dearer to keep and to read
   */
  Document of(long hash, List<Frame> frames, Document event) {
    words.clear();
    terms.clear();
    wordsSeen.clear();
    EventFields.visitCode(frames, this);
    Document document = new Document();
    document.add(new StringField(Schema.STACK_KEY, Schema.stack(hash), Field.Store.NO));
    document.add(new NumericDocValuesField(Schema.STACK_KEY, hash));
    for (IndexableField field : event) {
      boolean repeated = !field.name().equals(Schema.LEAVES);
      if (repeated && field.fieldType().docValuesType() != DocValuesType.NONE) {
        document.add(field);
      }
    }
    document.add(termsField);
    document.add(wordsField);
    return document;
  }

  @Override
  public void exact(String field, String value) {
    terms.exact(field, value);
  }

  @Override
  public void words(String value) {
    if (wordsSeen.add(value)) {
      words.add(value);
    }
  }

  @Override
  public void text(String field, String value) {
    throw new IllegalStateException("frames have no texts: " + field);
  }

  @Override
  public void number(String field, double value) {
    throw new IllegalStateException("frames have no numbers: " + field);
  }

  @Override
  public void leaf(String path, String value) {
    throw new IllegalStateException("frames have no leaves: " + path);
  }
}
