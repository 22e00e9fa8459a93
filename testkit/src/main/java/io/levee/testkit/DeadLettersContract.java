package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.bus.DeadLetter;
import io.levee.engine.bus.DeadLetters;
import io.levee.engine.bus.Delivery;
import io.levee.engine.run.BackendException;
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
  private static final long ALL = Long.MAX_VALUE;
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private final List<EventRecord> records =
      new EventGenerator(7, new ProjectId(1), NOON).records(5);
  private DeadLetters letters;

  /** Opens the store: empty at first, later with what it held when it was closed. */
  protected abstract DeadLetters open();

  /** Closes what {@link #open} opened. */
  protected abstract void close();

  /** Opens another on the same store, with other limits. */
  protected abstract DeadLetters open(DeadLetters.Limits limits);

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
    letters.add("index", delivery(17), failure(5, "IllegalStateException: it's \"odd\""));

    close();
    letters = open();

    DeadLetter letter = letters.list("index", ALL, 10).getFirst();
    assertThat(letter.group()).isEqualTo("index");
    assertThat(letter.partition()).isEqualTo(3);
    assertThat(letter.offset()).isEqualTo(17);
    assertThat(letter.failure()).isEqualTo(failure(5, "IllegalStateException: it's \"odd\""));
    assertThat(letters.find(letter.id())).map(DeadLetter::offset).contains(17L);
    assertThat(letters.find(letter.id() + 1)).isEmpty();
    assertThat(letter.record().header()).isEqualTo(delivery(17).record().header());
    assertThat(letter.record().body()).isEqualTo(delivery(17).record().body());
  }

  @Test
  void keepsOneLetterForEachPlaceAndGroup() {
    letters.add("index", delivery(1), failure(5, "first"));
    letters.add("index", delivery(1), failure(6, "again"));
    letters.add("issue", delivery(1), failure(5, "other group"));

    assertThat(letters.list("index", ALL, 10))
        .extracting(letter -> letter.failure().cause())
        .containsExactly("first");
    assertThat(letters.tallies())
        .containsOnlyKeys("index", "issue")
        .containsEntry("index", new DeadLetters.Tally(1, bytes(1)));
  }

  @Test
  void listsTheNewestFirst() {
    for (int i = 0; i < 5; i++) {
      letters.add("index", delivery(i), failure(1, "cause " + i));
    }

    List<DeadLetter> page = letters.list("index", ALL, 2);
    assertThat(page).extracting(DeadLetter::offset).containsExactly(4L, 3L);
    assertThat(letters.list("index", page.getLast().id(), 2))
        .extracting(DeadLetter::offset)
        .containsExactly(2L, 1L);
    assertThat(letters.list("archive", ALL, 2)).isEmpty();
  }

  @Test
  void forgetsOne() {
    letters.add("index", delivery(1), failure(1, "cause"));
    long id = letters.list("index", ALL, 1).getFirst().id();

    assertThat(letters.remove(id)).isTrue();
    assertThat(letters.remove(id)).isFalse();
    assertThat(letters.tallies()).isEmpty();
  }

  @Test
  void forgetsAllOfAGroupUpToOne() {
    for (int i = 0; i < 4; i++) {
      letters.add("index", delivery(i), failure(1, "cause"));
    }
    letters.add("issue", delivery(0), failure(1, "cause"));
    long second = letters.list("index", ALL, 10).get(2).id();

    assertThat(letters.removeAll("index", second)).isEqualTo(2);

    assertThat(letters.list("index", ALL, 10))
        .extracting(DeadLetter::offset)
        .containsExactly(3L, 2L);
    assertThat(letters.tallies()).containsKeys("index", "issue");
  }

  @Test
  void remembersTheLastFailure() {
    letters.add("index", delivery(1), failure(5, "first"));
    long id = letters.list("index", ALL, 1).getFirst().id();
    DeadLetter.Failure later = new DeadLetter.Failure(6, "second", "at b", NOON.plusSeconds(9));

    letters.failedAgain(id, later);
    letters.failedAgain(id + 1, later);

    assertThat(letters.find(id)).map(DeadLetter::failure).contains(later);
  }

  @Test
  void aFullGroupTakesNoMoreAndOthersDo() {
    letters = open(new DeadLetters.Limits(2, 1 << 20));
    letters.add("index", delivery(1), failure(5, "cause"));
    letters.add("index", delivery(2), failure(5, "cause"));

    assertThatThrownBy(() -> letters.add("index", delivery(3), failure(5, "cause")))
        .isInstanceOf(BackendException.OverCapacity.class)
        .hasMessageContaining("replayed or discarded");
    letters.add("index", delivery(2), failure(5, "kept already"));
    letters.add("issue", delivery(3), failure(5, "cause"));

    letters.remove(letters.list("index", ALL, 1).getFirst().id());
    letters.add("index", delivery(3), failure(5, "cause"));
    assertThat(letters.tallies())
        .hasEntrySatisfying("index", tally -> assertThat(tally.letters()).isEqualTo(2));
  }

  @Test
  void aGroupIsBoundedInBytesToo() {
    letters = open(new DeadLetters.Limits(100, bytes(1) + 1));
    letters.add("index", delivery(1), failure(5, "cause"));

    assertThatThrownBy(() -> letters.add("index", delivery(2), failure(5, "cause")))
        .isInstanceOf(BackendException.OverCapacity.class)
        .hasMessageContaining("bytes");
  }

  private long bytes(int offset) {
    return delivery(offset).record().encode().length;
  }

  private static DeadLetter.Failure failure(int attempts, String cause) {
    return new DeadLetter.Failure(attempts, cause, "\tat a.B.c(B.java:7)\n", NOON);
  }

  private Delivery delivery(int offset) {
    return new Delivery(3, offset, records.get(offset % records.size()));
  }
}
