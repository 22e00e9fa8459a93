package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.engine.bus.DeadLetter;
import io.levee.engine.bus.DeadLetters;
import io.levee.engine.bus.Delivery;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link DeadLetters} does. */
@SuppressWarnings("NullAway.Init") // JUnit calls setUp before every test.
public abstract class DeadLettersContract {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final List<EventRecord> records =
      new EventGenerator(7, new ProjectId(1), NOON).records(5);
  private DeadLetters letters;

  /** Opens the store: empty at first, later with what it held when it was closed. */
  protected abstract DeadLetters open();

  /** Closes what {@link #open} opened. */
  protected abstract void close();

  @BeforeEach
  void setUp() {
    letters = open();
  }

  @AfterEach
  void tearDown() {
    close();
  }

  @Test
  void keepsTheWholeEventAndWhy() {
    letters.add("index", delivery(17), 5, "IllegalStateException: it's \"odd\"", NOON);

    close();
    letters = open();

    DeadLetter letter = letters.list("index", 10).getFirst();
    assertThat(letter.group()).isEqualTo("index");
    assertThat(letter.partition()).isEqualTo(3);
    assertThat(letter.offset()).isEqualTo(17);
    assertThat(letter.attempts()).isEqualTo(5);
    assertThat(letter.cause()).isEqualTo("IllegalStateException: it's \"odd\"");
    assertThat(letter.time()).isEqualTo(NOON);
    assertThat(letter.record().header()).isEqualTo(delivery(17).record().header());
    assertThat(letter.record().body()).isEqualTo(delivery(17).record().body());
  }

  @Test
  void keepsOneLetterForEachPlaceAndGroup() {
    letters.add("index", delivery(1), 5, "first", NOON);
    letters.add("index", delivery(1), 6, "again", NOON.plusSeconds(1));
    letters.add("issue", delivery(1), 5, "other group", NOON);

    assertThat(letters.list("index", 10)).extracting(DeadLetter::cause).containsExactly("first");
    assertThat(letters.counts()).containsOnlyKeys("index", "issue").containsEntry("index", 1L);
  }

  @Test
  void listsTheNewestFirst() {
    for (int i = 0; i < 5; i++) {
      letters.add("index", delivery(i), 1, "cause " + i, NOON.plusSeconds(i));
    }

    assertThat(letters.list("index", 2)).extracting(DeadLetter::offset).containsExactly(4L, 3L);
    assertThat(letters.list("archive", 2)).isEmpty();
  }

  @Test
  void forgetsOne() {
    letters.add("index", delivery(1), 1, "cause", NOON);
    long id = letters.list("index", 1).getFirst().id();

    assertThat(letters.remove(id)).isTrue();
    assertThat(letters.remove(id)).isFalse();
    assertThat(letters.counts()).isEmpty();
  }

  private Delivery delivery(int offset) {
    return new Delivery(3, offset, records.get(offset % records.size()));
  }
}
