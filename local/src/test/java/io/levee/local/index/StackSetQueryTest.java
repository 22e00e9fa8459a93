package io.levee.local.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;

final class StackSetQueryTest {
  private static final int DOCUMENTS = 30_000;
  private static final int STACKS = 40;

  private final Random random = new Random(6);

  @Test
  void findsWhatLuceneFindsOverManyWindows() throws IOException {
    try (Directory directory = new ByteBuffersDirectory()) {
      write(directory);
      try (DirectoryReader reader = DirectoryReader.open(directory)) {
        IndexSearcher searcher = new IndexSearcher(reader);
        searcher.setQueryCache(null);
        for (int i = 0; i < 40; i++) {
          agrees(searcher, random.nextInt(4));
        }
      }
    }
  }

  /** Stacks that are frequent, rare, and only at the beginning or the end. */
  private void write(Directory directory) throws IOException {
    try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig())) {
      for (int i = 0; i < DOCUMENTS; i++) {
        Document document = new Document();
        int stack = random.nextInt(STACKS);
        boolean there = stack < 5 || (stack < 20 ? i < 3_000 : i > DOCUMENTS - 9_000);
        if (there || random.nextInt(2_000) == 0) {
          document.add(new StringField(Schema.STACK, Schema.stack(stack), Field.Store.NO));
        }
        document.add(new StringField("rare", "" + random.nextInt(500), Field.Store.NO));
        writer.addDocument(document);
        if (i == DOCUMENTS / 3) {
          writer.commit();
        }
      }
    }
  }

  private void agrees(IndexSearcher searcher, int kind) throws IOException {
    List<Long> stacks = new ArrayList<>();
    List<BytesRef> terms = new ArrayList<>();
    for (int i = 0; i <= random.nextInt(25); i++) {
      stacks.add((long) random.nextInt(STACKS + 5));
      terms.add(Schema.stack(stacks.getLast()));
    }
    Query ours = within(new StackSetQuery(stacks), kind);
    Query theirs = within(new TermInSetQuery(Schema.STACK, terms), kind);

    assertThat(documents(searcher, ours)).isEqualTo(documents(searcher, theirs));
    assertThat(searcher.count(ours)).isEqualTo(searcher.count(theirs));
  }

  /** Alone, beside something rare, without something rare, or either of both. */
  private static Query within(Query query, int kind) {
    Query rare = new TermQuery(new Term("rare", "7"));
    BooleanQuery.Builder both = new BooleanQuery.Builder();
    return switch (kind) {
      case 0 -> query;
      case 1 -> both.add(query, Occur.FILTER).add(rare, Occur.FILTER).build();
      case 2 -> both.add(query, Occur.FILTER).add(rare, Occur.MUST_NOT).build();
      default -> both.add(query, Occur.SHOULD).add(rare, Occur.SHOULD).build();
    };
  }

  private static List<Integer> documents(IndexSearcher searcher, Query query) throws IOException {
    List<Integer> documents = new ArrayList<>();
    for (ScoreDoc hit : searcher.search(query, DOCUMENTS).scoreDocs) {
      documents.add(hit.doc);
    }
    documents.sort(null);
    return documents;
  }
}
