package io.levee.app;

import io.levee.console.Console;
import io.levee.console.ConsolePorts;
import io.levee.console.GroupingPorts;
import io.levee.edge.api.AdminRoutes;
import io.levee.edge.api.ApiRoutes;
import io.levee.edge.api.GroupingRoutes;
import io.levee.edge.door.ClosedDoor;
import io.levee.edge.door.DoorLoad;
import io.levee.edge.door.FrontDoor;
import io.levee.edge.elmah.ElmahDecoder;
import io.levee.edge.elmah.ElmahEndpoints;
import io.levee.edge.net.BodyLimits;
import io.levee.edge.net.BodyReader;
import io.levee.edge.net.Endpoint;
import io.levee.edge.net.HttpServer;
import io.levee.edge.net.MemoryLedger;
import io.levee.edge.net.Routes;
import io.levee.edge.sentry.EnvelopeLimits;
import io.levee.edge.sentry.SentryDecoder;
import io.levee.edge.sentry.SentryEndpoints;
import io.levee.engine.accept.AcceptStep;
import io.levee.engine.accept.Budget;
import io.levee.engine.accept.ClampTimes;
import io.levee.engine.accept.DiskFloor;
import io.levee.engine.accept.DoorGuard;
import io.levee.engine.accept.Group;
import io.levee.engine.accept.Intake;
import io.levee.engine.accept.Limits;
import io.levee.engine.accept.Scrub;
import io.levee.engine.accept.ScrubRules;
import io.levee.engine.accept.TrimFields;
import io.levee.engine.accept.TrimLimits;
import io.levee.engine.ask.AskLimits;
import io.levee.engine.ask.Asker;
import io.levee.engine.erase.Eraser;
import io.levee.engine.erase.ErasureStore;
import io.levee.engine.grouping.GroupingInForce;
import io.levee.engine.grouping.MergeStore;
import io.levee.engine.grouping.Regrouping;
import io.levee.engine.measure.Ledger;
import io.levee.engine.pipeline.DeadLetterOffice;
import io.levee.engine.pipeline.LoopConfig;
import io.levee.engine.pipeline.StoreUpkeep;
import io.levee.engine.pipeline.SubscriberLoop;
import io.levee.engine.question.QuestionStore;
import io.levee.engine.registry.CachedProjectRegistry;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.engine.run.Health;
import io.levee.engine.sampling.PendingDrops;
import io.levee.engine.sampling.Sampling;
import io.levee.engine.sampling.SamplingLimits;
import io.levee.engine.sampling.SpikeWatch;
import io.levee.engine.sampling.Thresholds;
import io.levee.engine.tail.LiveTail;
import io.levee.local.accept.DiskRecentIds;
import io.levee.local.accept.RecentIdsOptions;
import io.levee.local.archive.ArchiveOptions;
import io.levee.local.archive.FileArchive;
import io.levee.local.bus.SpoolEventBus;
import io.levee.local.index.IndexSettings;
import io.levee.local.index.LuceneEventIndex;
import io.levee.local.measure.MappedCounters;
import io.levee.spool.SpoolOptions;
import io.levee.sql.SqlDatabase;
import io.levee.sql.SqlDeadLetters;
import io.levee.sql.SqlGroupingStore;
import io.levee.sql.SqlIssueStore;
import io.levee.sql.SqlLedgerStore;
import io.levee.sql.SqlLimitStore;
import io.levee.sql.SqlMergeStore;
import io.levee.sql.SqlPositionStore;
import io.levee.sql.SqlProjectRegistry;
import io.levee.sql.SqlQuestionStore;
import io.levee.sql.SqlSamplingSettings;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole Levee in one process: every part, wired by hand in the order in which an event meets
 * them. The constructor opens nothing; {@link #start} opens things in that order, {@link #close}
 * closes them in reverse.
 */
final class Levee implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Levee.class);
  private static final int FORM_BYTES_MAX = 256 << 10;

  /** A reader who needs a refresh waits for one batch at most. */
  private static final int INDEX_BATCH_RECORDS = 1_000;

  private static final int EVENT_BYTES_MAX = 4 << 20;
  private static final int PUBLISH_BYTES_MAX = 48 << 20;

  private final Config config;
  private final List<FirstStart.NewProject> projects;
  private final Life life = new Life();

  // Stores.
  private final DataFolder folder;
  private final SqlDatabase database;
  private final SpoolEventBus bus;
  private final LuceneEventIndex index;
  private final Asker asker;
  private final FileArchive archive;
  private final DiskRecentIds recentIds;
  private final SqlIssueStore issues;
  private final WorkParts work;
  private final MergeStore merges;
  private final QuestionStore questions;
  private final SqlLedgerStore ledgerStore;
  private final SqlLimitStore limits;
  private final SqlDeadLetters deadLetters;
  private final CachedProjectRegistry registry;
  private final LiveTail tail;

  // The door.
  private final GroupingInForce grouping;
  private final MappedCounters counters;
  private final Ledger ledger;
  private final Budget budget;
  private final Thresholds thresholds;
  private final SpikeWatch spikes;
  private final SamplingLife sampling;
  private final Intake intake;
  private final MemoryLedger bodyMemory;
  private final HttpServer http;

  // What drives it.
  private final Loops loops;
  private final DiskFloor floor;
  private final DeadLetterOffice office;
  private final NodeStatus status;
  private final NodeWatch watch;
  private final HeadRoomWatch headRoom;
  private final SetAside setAside;
  private final Housekeeping housekeeping;
  private final Eraser eraser;

  Levee(Config config) {
    this(config, FirstStart.NewProject.USUAL);
  }

  /**
   * @param projects to create when there are none
   */
  Levee(Config config, List<FirstStart.NewProject> projects) {
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    this.config = config;
    this.folder = new DataFolder(config.data());
    this.projects = List.copyOf(projects);

    this.database = SqlDatabase.sqlite(folder.database(), SqlDatabase.READERS_DEFAULT);
    this.registry = new CachedProjectRegistry(new SqlProjectRegistry(database, clock, random));
    this.bus = new SpoolEventBus(UnforcedStorage.of(folder.bus()), busOptions(config));
    this.recentIds =
        new DiskRecentIds(UnforcedStorage.of(folder.recentIds()), RecentIdsOptions.DEFAULT, clock);
    this.archive =
        new FileArchive(UnforcedStorage.of(folder.archive()), ArchiveOptions.DEFAULT, clock);
    this.index = new LuceneEventIndex(folder.index(), IndexSettings.DEFAULT, System::nanoTime);
    this.asker = asker(index, clock);
    this.issues = new SqlIssueStore(database);
    this.work = new WorkParts(database, clock);
    this.merges = new SqlMergeStore(database);
    this.questions = new SqlQuestionStore(database);
    this.ledgerStore = new SqlLedgerStore(database);
    this.limits = new SqlLimitStore(database);
    this.deadLetters = new SqlDeadLetters(database, config.bounds().deadLetters());
    this.tail = new LiveTail(bus::end);

    this.counters = new MappedCounters(folder.ledgerCounters(), MappedCounters.SLOTS_DEFAULT);
    this.ledger = new Ledger(clock, ledgerStore, counters);
    Limits defaults = Limits.projectDefaults(config.projectEventsPerMinute());
    this.budget = new Budget(limits, ledgerStore, defaults, clock, System::nanoTime, random);
    this.thresholds =
        new Thresholds(new SqlSamplingSettings(database), config.samplingErrorsPerMinute());
    this.spikes = new SpikeWatch(thresholds, System::nanoTime);
    Sampling bursts = new Sampling(bus, spikes, SamplingLimits.DEFAULT, System::nanoTime, random);
    PendingDrops pendingDrops = new PendingDrops(new SqlPositionStore(database, "sampling"));
    this.sampling =
        new SamplingLife(bursts, pendingDrops, thresholds, spikes, registry, ledgerStore, clock);
    this.grouping = new GroupingInForce(new SqlGroupingStore(database), clock);
    this.intake = new Intake(budget, steps(clock), recentIds, bus, ledger, bursts);

    this.loops = new Loops(bus, deadLetters, clock);
    StoreUpkeep upkeep = subscribe(pendingDrops);

    this.floor = new DiskFloor(config.diskFloorBytes(), folder::room);
    this.office = loops.office();
    this.status = new NodeStatus(folder, bus, index, archive, ledger, loops, deadLetters, clock);
    this.setAside = new SetAside(folder, config.bounds());
    this.housekeeping = housekeeping(clock);
    this.eraser = work.eraser(store -> holders(store, upkeep));
    this.watch = new NodeWatch(floor, checks(), housekeeping::makeRoom);
    status.watchedBy(watch::troubles);
    this.headRoom = new HeadRoomWatch(bus, loops, floor, folder::room, clock);
    status.headRoomFrom(headRoom::estimate);
    this.bodyMemory = new MemoryLedger(config.bodyMemoryBytes());
    NodeMetrics metrics = new NodeMetrics(ledger, bus, loops, deadLetters, bodyMemory, status);
    metrics.sampling(bursts);
    Routes routes = doors(clock, random, upkeep, metrics);
    this.http = HttpServer.behind(config.http(), frontDoor(routes, metrics));
    metrics.bounds(floor, http, tail);
    metrics.kept(counters, setAside);
  }

  private static Asker asker(LuceneEventIndex index, Clock clock) {
    return new Asker(index, clock, System::nanoTime, AskLimits.DEFAULT, new BackgroundThreads());
  }

  private Housekeeping housekeeping(Clock clock) {
    Housekeeping made =
        new Housekeeping(
            registry,
            index,
            archive,
            issues,
            ledger,
            ledgerStore,
            database::keepCopy,
            setAside,
            clock);
    made.often(work::wake);
    return made;
  }

  /** What holds data that somebody may want deleted. */
  private Eraser.Ports holders(ErasureStore store, StoreUpkeep upkeep) {
    return new Eraser.Ports(
        store,
        bus,
        bus,
        index,
        List.of(index, archive),
        upkeep,
        loops.of(issues.group()),
        deadLetters,
        setAside,
        database::forgetDeleted);
  }

  /** What every call meets first. */
  private FrontDoor frontDoor(Routes routes, NodeMetrics metrics) {
    List<DoorGuard> guards = List.of(floor, bus::refusal);
    Endpoint closed = new ClosedDoor(guards, registry, ledger, routes);
    DoorLoad load = new DoorLoad(config.bounds().doorWaitingMax());
    FrontDoor front =
        new FrontDoor(registry, intake, ledger, load, protocols(), metrics.timed(closed));
    metrics.door(front, load);
    metrics.headRoom(headRoom::estimate);
    return front;
  }

  private static FrontDoor.Protocols protocols() {
    return new FrontDoor.Protocols(
        ApiRoutes.refusals(), ElmahEndpoints.refusals(), SentryEndpoints.refusals());
  }

  /** Who reads the bus. */
  private StoreUpkeep subscribe(PendingDrops pendingDrops) {
    loops.add(recentIds, LoopConfig.DEFAULT);
    loops.add(pendingDrops, LoopConfig.DEFAULT.withFlush(Duration.ofSeconds(5), 256L << 20));
    SubscriberLoop archiveLoop =
        loops.addPatient(archive, LoopConfig.DEFAULT.withFlush(Duration.ofSeconds(30), 256L << 20));
    SubscriberLoop indexLoop =
        loops.addPatient(
            index,
            LoopConfig.DEFAULT
                .withFlush(Duration.ofSeconds(30), 256L << 20)
                .withBatchRecords(INDEX_BATCH_RECORDS));
    loops.add(issues, LoopConfig.DEFAULT);
    loops.add(ledgerStore, LoopConfig.DEFAULT);
    loops.add(tail, LoopConfig.DEFAULT);
    return new StoreUpkeep(bus, index, archive, indexLoop, archiveLoop, database::damage);
  }

  /** Who answers which path. */
  private Routes doors(Clock clock, SecureRandom random, StoreUpkeep upkeep, NodeMetrics metrics) {
    metrics.rollups(index);
    BodyReader bodies =
        new BodyReader(bodyLimits(config.bodyBytesMax(), config.decodedBytesMax()), bodyMemory);
    BodyReader forms = new BodyReader(bodyLimits(FORM_BYTES_MAX, FORM_BYTES_MAX), bodyMemory);
    Routes routes = new Routes();
    SentryDecoder sentry = new SentryDecoder(EnvelopeLimits.DEFAULT, random);
    new SentryEndpoints(registry, intake, ledger, sentry, bodies, clock).mount(routes);
    ElmahDecoder elmah = new ElmahDecoder(random);
    new ElmahEndpoints(
            registry, intake, ledger, index, new ElmahQueries(), elmah, bodyMemory, clock)
        .mount(routes);
    new ApiRoutes(
            new ApiRoutes.Doors(registry, bodies, intake, ledger, clock, random),
            new ApiRoutes.Stores(
                index,
                archive,
                issues,
                merges,
                work.store(),
                ledgerStore,
                tail,
                upkeep,
                office,
                status,
                asker,
                questions),
            new ApiRoutes.SamplingPorts(thresholds, spikes))
        .mount(routes);
    new AdminRoutes(
            new AdminRoutes.Ports(
                registry,
                limits,
                ledgerStore,
                budget.projectDefaults(),
                config.retentionDays(),
                this::publicUrl,
                new ApiRoutes.SamplingPorts(thresholds, spikes),
                clock),
            forms)
        .mount(routes);
    Regrouping regrouping = new Regrouping(index, issues, merges, grouping);
    new GroupingRoutes(
            new GroupingRoutes.Ports(registry, index, archive, grouping, merges, regrouping, clock),
            forms)
        .mount(routes);
    HostGuard hosts = new HostGuard(config.host(), this::publicUrl);
    work.mount(routes, registry, issues, index, forms, hosts);
    new NodeEndpoints(checks(), metrics.registry()).mount(routes);
    Console console =
        new Console(consolePorts(clock), new GroupingPorts(grouping, merges, regrouping));
    routes.otherwise(new ConsoleMount(console, forms, hosts));
    return routes;
  }

  /** What the pages are about. */
  private ConsolePorts consolePorts(Clock clock) {
    return new ConsolePorts(
        registry,
        index,
        issues,
        ledgerStore,
        office,
        status,
        spikes,
        clock,
        this::publicUrl,
        new ConsolePorts.Budgets(limits, ledgerStore, budget.projectDefaults(), thresholds),
        work.ports(),
        new ConsolePorts.Explore(asker, tail, questions));
  }

  /** What every event goes through, in this order. */
  private List<AcceptStep> steps(Clock clock) {
    return List.of(
        new ClampTimes(clock),
        new TrimFields(TrimLimits.DEFAULT),
        new Scrub(ScrubRules.DEFAULT),
        new Group(grouping));
  }

  private static SpoolOptions busOptions(Config config) {
    return SpoolOptions.defaults()
        .withBatch(EVENT_BYTES_MAX, PUBLISH_BYTES_MAX)
        .withDiskBytesMax(config.busBytesMax());
  }

  private static BodyLimits bodyLimits(long sentBytesMax, long decodedBytesMax) {
    return new BodyLimits(
        sentBytesMax, decodedBytesMax, BodyLimits.DEFAULT.ratioMax(), BodyLimits.DEFAULT.timeMax());
  }

  private Map<String, Supplier<Health>> checks() {
    Map<String, Supplier<Health>> checks = new LinkedHashMap<>();
    checks.put("disk", floor::check);
    checks.put("bus", bus::check);
    checks.put("archive", archive::check);
    checks.put("index", index::check);
    checks.put("database", database::check);
    checks.put("subscribers", loops::check);
    return checks;
  }

  /**
   * Opens everything and begins to listen. When it fails, what was opened is closed again.
   *
   * @throws StartFailure when there is something the user can do about it
   */
  void start() {
    boolean started = false;
    try {
      life.begin("data folder", folder::open, folder);
      life.begin("database", database::start, database);
      life.begin("counters", () -> counters.start(ledgerStore), counters);
      life.begin("bus", bus::start, bus);
      life.begin("recent ids", recentIds::start, recentIds);
      life.begin("archive", archive::start, archive);
      life.begin("index", index::start, index);
      life.begin("subscribers", () -> {}, loops);
      // Before the door opens it must know what is durable already, what budgets have used of hour
      // and month, and which events were sampled out.
      loops.catchUp(List.of(recentIds.group(), ledgerStore.group(), "sampling"));
      loops.start();
      life.begin("housekeeping", housekeeping::start, housekeeping);
      new FirstStart(registry, folder, config.retentionDays(), projects).run();
      database.keepFirstCopy();
      grouping.start();
      life.begin("sampling", sampling::start, sampling);
      life.begin("watch", watch::start, watch);
      life.begin("eraser", eraser::start, eraser);
      life.begin("head-room", headRoom::start, headRoom);
      life.begin("door", http::start, http);
      life.begin("live view", () -> {}, tail::end); // First to end: its readers wait for ever.
      status.ready();
      started = true;
    } finally {
      if (!started) {
        life.close();
      }
    }
  }

  /** What a project's clients are configured with. */
  String dsn(Project project) {
    ProjectKey key = FirstStart.clientKey(registry, project);
    URI url = publicUrl();
    return url.getScheme() + "://" + key.value() + "@" + url.getAuthority() + "/" + project.id();
  }

  List<Project> projects() {
    return registry.projects();
  }

  ProjectRegistry registry() {
    return registry;
  }

  Loops loops() {
    return loops;
  }

  DataFolder folder() {
    return folder;
  }

  /** Where clients and browsers reach us. */
  URI publicUrl() {
    if (!config.publicUrl().isEmpty()) {
      return URI.create(config.publicUrl().replaceAll("/+$", ""));
    }
    int port = config.port() == 0 && status.isReady() ? http.port() : config.port();
    return URI.create("http://" + config.host() + ":" + port);
  }

  /** Stops taking events, finishes what was taken, and closes everything. Idempotent. */
  @Override
  public void close() {
    LOG.info("stopping");
    life.close();
  }
}
