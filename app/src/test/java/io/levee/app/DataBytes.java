package io.levee.app;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Looks for words in every byte of a data folder: in the files as they are, in the archive's blocks
 * unpacked, and in all that an index holds, the documents that count no more included.
 */
final class DataBytes {
  private final Path folder;

  DataBytes(Path folder) {
    this.folder = folder;
  }

  /**
   * The places that hold a word, whatever its case; a file that vanishes meanwhile holds nothing.
   */
  List<String> holding(String word) throws IOException {
    String sought = word.toLowerCase(Locale.ROOT);
    Predicate<String> holds = text -> text.toLowerCase(Locale.ROOT).contains(sought);
    List<String> places = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.toList();
    }
    for (Path file : files) {
      String name = String.valueOf(folder.relativize(file));
      if (Files.isDirectory(file)) {
        if (isIndex(file)) {
          places.addAll(inIndex(file, name, holds));
        }
      } else if (inFile(file, holds)) {
        places.add(name);
      }
    }
    return places;
  }

  private static boolean isIndex(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.anyMatch(file -> String.valueOf(file.getFileName()).startsWith("segments_"));
    }
  }

  private static boolean inFile(Path file, Predicate<String> holds) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return false;
    }
    if (holds.test(new String(bytes, StandardCharsets.ISO_8859_1))) {
      return true;
    }
    if (!file.toString().endsWith(".zst")) {
      return false;
    }
    try (InputStream unpacked =
        new ZstdInputStream(new ByteArrayInputStream(bytes)).setContinuous(true)) {
      return holds.test(new String(unpacked.readAllBytes(), StandardCharsets.ISO_8859_1));
    }
  }

  private static List<String> inIndex(Path directory, String name, Predicate<String> holds)
      throws IOException {
    List<String> places = new ArrayList<>();
    try (MMapDirectory opened = new MMapDirectory(directory);
        DirectoryReader reader = DirectoryReader.open(opened)) {
      for (LeafReaderContext context : reader.leaves()) {
        LeafReader leaf = context.reader();
        for (FieldInfo field : leaf.getFieldInfos()) {
          if (holds.test(field.name) || inField(leaf, field.name, holds)) {
            places.add(name + " field " + field.name);
          }
        }
        StoredFields stored = leaf.storedFields();
        for (int doc = 0; doc < leaf.maxDoc(); doc++) {
          BytesRef json = stored.document(doc).getBinaryValue("json");
          if (json != null && holds.test(json.utf8ToString())) {
            places.add(name + " document " + doc);
          }
        }
      }
    }
    return places;
  }

  private static boolean inField(LeafReader leaf, String field, Predicate<String> holds)
      throws IOException {
    Terms terms = leaf.terms(field);
    SortedDocValues sorted = leaf.getSortedDocValues(field);
    SortedSetDocValues set = leaf.getSortedSetDocValues(field);
    return (terms != null && inTerms(terms.iterator(), holds))
        || (sorted != null && inTerms(sorted.termsEnum(), holds))
        || (set != null && inTerms(set.termsEnum(), holds));
  }

  private static boolean inTerms(TermsEnum terms, Predicate<String> holds) throws IOException {
    for (BytesRef term = terms.next(); term != null; term = terms.next()) {
      String text = new String(term.bytes, term.offset, term.length, StandardCharsets.ISO_8859_1);
      if (holds.test(text)) {
        return true;
      }
    }
    return false;
  }
}
