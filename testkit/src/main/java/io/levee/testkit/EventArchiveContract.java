package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.archive.ContentDigest;
import io.levee.engine.archive.EventArchive;
import io.levee.engine.bus.Delivery;
import io.levee.engine.bus.Positions;
import io.levee.engine.index.StoredEvent;
import io.levee.engine.registry.ProjectScope;
import io.levee.engine.run.Health;
import io.levee.event.Event;
import io.levee.event.EventId;
import io.levee.event.EventRecord;
import io.levee.event.ProjectId;
import io.levee.event.SamplePlace;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every archive promises. */
public abstract class EventArchiveContract {
  protected static final ProjectId SHOP = new ProjectId(1);
  protected static final ProjectId MAIL = new ProjectId(2);
  protected static final LocalDate MONDAY = LocalDate.parse("2026-11-16");
  protected static final LocalDate TUESDAY = MONDAY.plusDays(1);

  private static final Instant MONDAY_NOON = Instant.parse("2026-11-16T12:00:00Z");
  private static final Instant TUESDAY_NOON = Instant.parse("2026-11-17T12:00:00Z");

  private EventArchive archive;
  private long offset;

  /**
   * An archive that is not started, on the store of this test; called again after a close, it finds
   * what was flushed.
   */
  protected abstract EventArchive open();

  @BeforeEach
  final void start() {
    archive = open();
    archive.start();
  }

  @AfterEach
  final void stop() {
    archive.close();
  }

  /** The archive under test, started. */
  protected final EventArchive archive() {
    return archive;
  }

  /** Closes the archive and opens it again. */
  protected final void reopen() {
    archive.close();
    start();
  }

  /** Events of a project from a moment on, a millisecond apart; the same for the same seed. */
  protected static List<EventRecord> records(
      int seed, ProjectId project, Instant start, int events) {
    return new EventGenerator(seed, project, start).records(events);
  }

  /** Applies records as the next ones of partition 0. */
  protected final void apply(List<EventRecord> records) {
    archive.apply(Deliveries.from(offset, records));
    offset += records.size();
  }

  private void applyAndFlush(List<EventRecord> records) {
    apply(records);
    archive.flush();
  }

  /** The same event with another title. */
  protected static EventRecord changed(EventRecord record) {
    Event event = record.event();
    return EventRecord.of(event.toBuilder().title("changed").build());
  }

  private static Event inProject(Event event, ProjectId project) {
    return Event.builder(event.id(), project)
        .kind(event.kind())
        .time(event.time())
        .received(event.received())
        .level(event.level())
        .title(event.title())
        .fingerprint(event.fingerprint())
        .build();
  }

  /** The events of a day, as text. */
  protected static List<String> scan(EventArchive archive, LocalDate day) {
    List<String> events = new ArrayList<>();
    archive.scan(day, event -> events.add(text(event.json())));
    return events;
  }

  /** The bodies, as text. */
  protected static List<String> bodies(List<EventRecord> records) {
    return records.stream().map(record -> text(record.body())).toList();
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }

  /** Count and digest of records. */
  protected static ContentDigest digest(List<EventRecord> records) {
    ContentDigest digest = ContentDigest.EMPTY;
    for (EventRecord record : records) {
      digest = digest.plus(ContentDigest.of(record.body()));
    }
    return digest;
  }

  @Test
  final void startsEmpty() {
    assertThat(archive.committed()).isEqualTo(Positions.START);
    assertThat(archive.days()).isEmpty();
    assertThat(archive.digests(MONDAY)).isEmpty();
    assertThat(scan(archive, MONDAY)).isEmpty();
    assertThat(archive.find(ProjectScope.of(SHOP), new EventId(1, 2))).isEmpty();
    assertThat(archive.check()).isEqualTo(Health.ok());
    assertThat(archive.group()).isEqualTo("archive");
  }

  @Test
  final void scansWhatWasFlushed() {
    List<EventRecord> monday = records(1, SHOP, MONDAY_NOON, 40);
    List<EventRecord> mondayMail = records(2, MAIL, MONDAY_NOON, 10);
    List<EventRecord> tuesday = records(3, SHOP, TUESDAY_NOON, 20);

    apply(monday);
    apply(tuesday);
    applyAndFlush(mondayMail);

    List<String> expected = new ArrayList<>(bodies(monday));
    expected.addAll(bodies(mondayMail));
    assertThat(scan(archive, MONDAY)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(scan(archive, TUESDAY)).containsExactlyInAnyOrderElementsOf(bodies(tuesday));
    assertThat(archive.days()).containsExactly(MONDAY, TUESDAY);
    assertThat(archive.bytes()).isPositive();
  }

  @Test
  final void passesOverWhatIsOnlyCounted() {
    List<EventRecord> records = records(1, SHOP, MONDAY_NOON, 3);
    EventRecord second = records.get(1);
    SamplePlace place = new SamplePlace(1, 1, false);
    apply(
        List.of(
            records.get(0),
            new EventRecord(second.header().sampledOut(place), second.body()),
            new EventRecord(records.get(2).header().sampledOut(place), new byte[0])));
    archive.flush();

    assertThat(scan(archive, MONDAY)).hasSize(1);
    assertThat(archive.committed()).isEqualTo(new Positions(Map.of(0, 3L)));
  }

  @Test
  final void keepsEverythingAcrossRestart() {
    List<EventRecord> first = records(1, SHOP, MONDAY_NOON, 30);
    List<EventRecord> second = records(2, SHOP, MONDAY_NOON, 30);
    applyAndFlush(first);
    applyAndFlush(second);
    long bytes = archive.bytes();

    reopen();

    List<String> expected = new ArrayList<>(bodies(first));
    expected.addAll(bodies(second));
    assertThat(scan(archive, MONDAY)).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(archive.committed()).isEqualTo(new Positions(Map.of(0, 60L)));
    assertThat(archive.digests(MONDAY)).isEqualTo(Map.of(SHOP, digest(first).plus(digest(second))));
    assertThat(archive.bytes()).isEqualTo(bytes);
  }

  @Test
  final void committedPositionsAreThoseBehindTheFlush() {
    List<EventRecord> records = records(1, SHOP, MONDAY_NOON, 4);
    List<Delivery> batch =
        List.of(
            new Delivery(3, 100, records.get(0)),
            new Delivery(0, 7, records.get(1)),
            new Delivery(3, 101, records.get(2)));

    archive.apply(batch);
    Positions flushed = archive.flush();
    reopen();

    assertThat(flushed).isEqualTo(new Positions(Map.of(0, 8L, 3, 102L)));
    assertThat(archive.committed()).isEqualTo(flushed);
    assertThat(archive.flush()).isEqualTo(flushed);
  }

  @Test
  final void whatWasNotFlushedComesAgain() {
    List<EventRecord> flushed = records(1, SHOP, MONDAY_NOON, 5);
    List<EventRecord> lost = records(2, SHOP, MONDAY_NOON, 5);
    applyAndFlush(flushed);
    apply(lost);

    reopen();
    assertThat(archive.committed().offset(0)).isEqualTo(5);
    archive.apply(Deliveries.from(5, lost));
    archive.flush();

    List<String> expected = new ArrayList<>(bodies(flushed));
    expected.addAll(bodies(lost));
    assertThat(scan(archive, MONDAY)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  final void sameEventTwiceIsKeptOnce() {
    List<EventRecord> records = records(1, SHOP, MONDAY_NOON, 20);
    apply(records);
    apply(records.subList(0, 10));
    archive.flush();
    apply(records.subList(5, 20));
    Positions flushed = archive.flush();

    assertThat(flushed.offset(0)).isEqualTo(45);
    assertThat(scan(archive, MONDAY)).containsExactlyInAnyOrderElementsOf(bodies(records));
    assertThat(archive.digests(MONDAY)).isEqualTo(Map.of(SHOP, digest(records)));
    reopen();
    assertThat(archive.committed().offset(0)).isEqualTo(45);
    assertThat(scan(archive, MONDAY)).containsExactlyInAnyOrderElementsOf(bodies(records));
  }

  @Test
  final void changedEventReplacesTheEarlier() {
    List<EventRecord> records = new ArrayList<>(records(1, SHOP, MONDAY_NOON, 6));
    applyAndFlush(records);
    EventRecord inAnotherFlush = changed(records.get(2));
    EventRecord inTheSameFlush = records(2, SHOP, MONDAY_NOON, 1).getFirst();
    apply(List.of(inAnotherFlush, inTheSameFlush, changed(inTheSameFlush)));
    archive.flush();

    records.set(2, inAnotherFlush);
    records.add(changed(inTheSameFlush));
    for (int starts = 0; starts < 2; starts++) {
      assertThat(scan(archive, MONDAY)).containsExactlyInAnyOrderElementsOf(bodies(records));
      assertThat(archive.digests(MONDAY)).isEqualTo(Map.of(SHOP, digest(records)));
      assertThat(json(SHOP, inAnotherFlush)).isEqualTo(text(inAnotherFlush.body()));
      assertThat(json(SHOP, inTheSameFlush)).isEqualTo(text(changed(inTheSameFlush).body()));
      reopen();
    }
  }

  private String json(ProjectId project, EventRecord record) {
    return archive
        .find(ProjectScope.of(project), record.header().id())
        .map(found -> text(found.json()))
        .orElse("nothing");
  }

  @Test
  final void findsEveryEventByItsId() {
    List<EventRecord> shop = records(1, SHOP, MONDAY_NOON, 300);
    List<EventRecord> mail = records(2, MAIL, TUESDAY_NOON, 30);
    applyAndFlush(shop.subList(0, 200));
    apply(shop.subList(200, 300));
    applyAndFlush(mail);

    for (EventRecord record : shop) {
      assertThat(json(SHOP, record)).isEqualTo(text(record.body()));
    }
    ProjectScope both = ProjectScope.of(List.of(SHOP, MAIL));
    for (EventRecord record : mail) {
      assertThat(archive.find(both, record.header().id())).isPresent();
    }
    for (EventRecord record : records(9, SHOP, MONDAY_NOON, 300)) {
      assertThat(archive.find(both, record.header().id())).isEmpty();
    }
  }

  @Test
  final void foreignEventIsNotFound() {
    List<EventRecord> shop = records(1, SHOP, MONDAY_NOON, 3);
    applyAndFlush(shop);

    assertThat(archive.find(ProjectScope.of(MAIL), shop.getFirst().header().id())).isEmpty();
  }

  @Test
  final void sameIdInTwoProjectsIsTwoEvents() {
    Event event = records(1, SHOP, MONDAY_NOON, 1).getFirst().event();
    EventRecord shop = EventRecord.of(event);
    EventRecord mail = EventRecord.of(inProject(event, MAIL));
    applyAndFlush(List.of(shop, mail));

    assertThat(scan(archive, MONDAY)).hasSize(2);
    assertThat(json(SHOP, shop)).isEqualTo(text(shop.body()));
    assertThat(json(MAIL, mail)).isEqualTo(text(mail.body()));
  }

  @Test
  final void digestsAgreeWithTheEvents() {
    List<EventRecord> shop = records(1, SHOP, MONDAY_NOON, 25);
    List<EventRecord> mail = records(2, MAIL, MONDAY_NOON, 15);
    apply(mail);
    applyAndFlush(shop.subList(0, 5));
    applyAndFlush(shop.subList(5, 25));

    assertThat(archive.digests(MONDAY)).isEqualTo(Map.of(SHOP, digest(shop), MAIL, digest(mail)));
    assertThat(archive.digests(TUESDAY)).isEmpty();
  }

  @Test
  final void retainDropsWhatExpired() {
    List<EventRecord> shopMonday = records(1, SHOP, MONDAY_NOON, 10);
    List<EventRecord> mailMonday = records(2, MAIL, MONDAY_NOON, 10);
    List<EventRecord> shopTuesday = records(3, SHOP, TUESDAY_NOON, 10);
    applyAndFlush(shopMonday);
    apply(mailMonday);
    apply(shopMonday.subList(0, 3));
    applyAndFlush(shopTuesday);

    int dropped = archive.retain(Map.of(SHOP, TUESDAY, new ProjectId(77), TUESDAY));

    assertThat(dropped).isEqualTo(1);
    for (int starts = 0; starts < 2; starts++) {
      assertThat(scan(archive, MONDAY)).containsExactlyInAnyOrderElementsOf(bodies(mailMonday));
      assertThat(archive.digests(MONDAY)).isEqualTo(Map.of(MAIL, digest(mailMonday)));
      assertThat(scan(archive, TUESDAY)).containsExactlyInAnyOrderElementsOf(bodies(shopTuesday));
      assertThat(json(SHOP, shopMonday.getFirst())).isEqualTo("nothing");
      assertThat(json(MAIL, mailMonday.getFirst())).isEqualTo(text(mailMonday.getFirst().body()));
      assertThat(archive.committed().offset(0)).isEqualTo(33);
      reopen();
    }
  }

  @Test
  final void positionsOutliveTheLastEvent() {
    applyAndFlush(records(1, SHOP, MONDAY_NOON, 10));

    archive.retain(Map.of(SHOP, TUESDAY));
    reopen();

    assertThat(archive.committed().offset(0)).isEqualTo(10);
    assertThat(archive.days()).isEmpty();
    assertThat(archive.digests(MONDAY)).isEmpty();
  }

  @Test
  final void retainNothingChangesNothing() {
    List<EventRecord> records = records(1, SHOP, MONDAY_NOON, 10);
    applyAndFlush(records);

    assertThat(archive.retain(Map.of(SHOP, MONDAY))).isZero();
    assertThat(archive.retain(Map.of())).isZero();
    assertThat(scan(archive, MONDAY)).containsExactlyInAnyOrderElementsOf(bodies(records));
  }

  @Test
  final void replacedEventStaysReplacedWhenItsObjectIsRewritten() {
    List<EventRecord> shop = new ArrayList<>(records(1, SHOP, MONDAY_NOON, 8));
    apply(records(2, MAIL, MONDAY_NOON, 8));
    applyAndFlush(shop);
    shop.set(3, changed(shop.get(3)));
    applyAndFlush(List.of(shop.get(3)));

    archive.retain(Map.of(MAIL, TUESDAY));

    for (int starts = 0; starts < 2; starts++) {
      assertThat(scan(archive, MONDAY)).containsExactlyInAnyOrderElementsOf(bodies(shop));
      assertThat(archive.digests(MONDAY)).isEqualTo(Map.of(SHOP, digest(shop)));
      reopen();
    }
  }

  @Test
  final void rebuildTakesThePlaceOfTheOld() {
    applyAndFlush(records(1, SHOP, MONDAY_NOON, 10));
    List<EventRecord> rebuilt = records(2, MAIL, TUESDAY_NOON, 20);
    Positions positions = new Positions(Map.of(0, 500L, 1, 3L));

    try (EventArchive.ArchiveRebuild rebuild = archive.rebuild()) {
      rebuild.add(rebuilt.stream().map(record -> new StoredEvent(record.body())).toList());
      assertThat(archive.days()).containsExactly(MONDAY);
      rebuild.complete(positions);
    }

    for (int starts = 0; starts < 2; starts++) {
      assertThat(archive.committed()).isEqualTo(positions);
      assertThat(archive.days()).containsExactly(TUESDAY);
      assertThat(scan(archive, TUESDAY)).containsExactlyInAnyOrderElementsOf(bodies(rebuilt));
      assertThat(archive.digests(TUESDAY)).isEqualTo(Map.of(MAIL, digest(rebuilt)));
      assertThat(json(MAIL, rebuilt.get(7))).isEqualTo(text(rebuilt.get(7).body()));
      reopen();
    }
  }

  @Test
  final void rebuildGivenUpLeavesTheOld() {
    List<EventRecord> records = records(1, SHOP, MONDAY_NOON, 10);
    applyAndFlush(records);

    for (int attempts = 0; attempts < 2; attempts++) {
      try (EventArchive.ArchiveRebuild rebuild = archive.rebuild()) {
        rebuild.add(List.of(new StoredEvent(records(2, MAIL, MONDAY_NOON, 1).getFirst().body())));
        assertThatThrownBy(archive::rebuild).isInstanceOf(IllegalStateException.class);
      }
    }

    applyAndFlush(records.subList(0, 1));
    reopen();
    assertThat(scan(archive, MONDAY)).containsExactlyInAnyOrderElementsOf(bodies(records));
    assertThat(archive.committed().offset(0)).isEqualTo(11);
  }

  @Test
  final void rebuildOfNothingKeepsThePositions() {
    applyAndFlush(records(1, SHOP, MONDAY_NOON, 10));

    try (EventArchive.ArchiveRebuild rebuild = archive.rebuild()) {
      rebuild.complete(new Positions(Map.of(0, 10L)));
    }
    reopen();

    assertThat(archive.days()).isEmpty();
    assertThat(archive.committed().offset(0)).isEqualTo(10);
  }

  @Test
  final void goesOnAfterRebuild() {
    applyAndFlush(records(1, SHOP, MONDAY_NOON, 10));
    List<EventRecord> records = records(2, SHOP, MONDAY_NOON, 6);
    try (EventArchive.ArchiveRebuild rebuild = archive.rebuild()) {
      rebuild.add(List.of(new StoredEvent(records.getFirst().body())));
      rebuild.complete(new Positions(Map.of(0, 10L)));
    }

    applyAndFlush(records);
    reopen();

    assertThat(scan(archive, MONDAY)).containsExactlyInAnyOrderElementsOf(bodies(records));
    assertThat(archive.committed().offset(0)).isEqualTo(16);
  }

  @Test
  final void refusesCallsAfterClose() {
    archive.close();
    archive.close();

    assertThatThrownBy(archive::flush).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(archive::days).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> archive.apply(List.of())).isInstanceOf(IllegalStateException.class);
    assertThat(archive.check()).isInstanceOf(Health.Failing.class);
  }
}
