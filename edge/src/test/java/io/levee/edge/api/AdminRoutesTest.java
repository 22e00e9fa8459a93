package io.levee.edge.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.levee.edge.fake.FakeHouse;
import io.levee.edge.net.HttpReply;
import io.levee.engine.accept.Limit;
import io.levee.engine.accept.LimitStore;
import io.levee.engine.accept.Limits;
import io.levee.engine.measure.UsageStore.Usage;
import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Sender;
import io.levee.engine.sampling.SamplingSettings;
import io.levee.engine.sampling.SpikeWatch;
import io.levee.engine.sampling.Thresholds;
import io.levee.event.Json;
import io.levee.event.ProjectId;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AdminRoutesTest {
  private static final String ADMIN = "adadadad000000000000000000000000";
  private static final Map<String, String> AS_ADMIN = Map.of("Authorization", "Bearer " + ADMIN);
  private static final Limits DEFAULTS = Limits.projectDefaults(1_000);

  private final FakeHouse house = new FakeHouse();
  private final HeapLimits limits = new HeapLimits();
  private final Map<ProjectId, Integer> sampling = new HashMap<>();
  private final Thresholds thresholds =
      new Thresholds(
          new SamplingSettings() {
            @Override
            public Map<ProjectId, Integer> thresholds() {
              return sampling;
            }

            @Override
            public void set(ProjectId project, int threshold) {
              sampling.put(project, threshold);
              sampling.values().removeIf(one -> one < 0);
            }
          },
          100);

  AdminRoutesTest() {
    house.registry.key(ADMIN, 1, Permission.ADMIN);
    new AdminRoutes(
            new AdminRoutes.Ports(
                house.registry,
                limits,
                (sender, from, to) -> new Usage(sender.key().isEmpty() ? 70 : 7, 100),
                DEFAULTS,
                30,
                () -> URI.create("https://levee.example"),
                new ApiRoutes.SamplingPorts(
                    thresholds, new SpikeWatch(thresholds, System::nanoTime)),
                house.clock),
            house.bodies)
        .mount(house.routes);
  }

  private HttpReply get(String path) {
    return house.get(path, AS_ADMIN);
  }

  private HttpReply post(String path, String body) {
    return house.post(path, AS_ADMIN, body);
  }

  @Test
  void needsAKeyThatMayAdminister() {
    Map<String, String> asReader = Map.of("Authorization", "Bearer " + FakeHouse.READ_KEY);

    assertThat(house.get("/api/v1/projects", asReader).status()).isEqualTo(403);
    assertThat(house.get("/api/v1/projects", Map.of()).status()).isEqualTo(401);
    assertThat(house.post("/api/v1/projects", asReader, "{\"slug\":\"x\"}").status())
        .isEqualTo(403);
    assertThat(house.post("/api/v1/projects/1/limits", asReader, "{}").status()).isEqualTo(403);
    assertThat(house.registry.projects()).hasSize(2);
  }

  @Test
  void setsAndUnsetsAProjectsThreshold() {
    String path = "/api/v1/projects/1/sampling";

    assertThat(FakeHouse.json(get(path)).text("errors_per_minute")).isEqualTo("100");
    assertThat(FakeHouse.json(post(path, "{\"errors_per_minute\":0}")).text("own"))
        .isEqualTo("true");
    assertThat(thresholds.of(new ProjectId(1))).isZero();
    assertThat(FakeHouse.json(post(path, "{\"errors_per_minute\":null}")).text("own"))
        .isEqualTo("false");
    for (String wrong :
        List.of("{}", "{\"errors_per_minute\":-1}", "{\"errors_per_minute\":1000001}", "[]")) {
      assertThat(post(path, wrong).status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void createsAProjectWithAKeyForItsClients() {
    HttpReply reply = post("/api/v1/projects", "{\"slug\":\"shop\",\"name\":\"The Shop\"}");

    assertThat(reply.status()).isEqualTo(201);
    Json.Obj project = FakeHouse.json(reply);
    assertThat(project.text("id")).isEqualTo("3");
    assertThat(project.text("name")).isEqualTo("The Shop");
    assertThat(project.text("retention_days")).isEqualTo("30");
    assertThat(project.text("dsn")).matches("https://[0-9a-f]{32}@levee\\.example/3");
    assertThat(FakeHouse.json(get("/api/v1/projects")).array("projects")).hasSize(3);
    assertThat(FakeHouse.json(get("/api/v1/projects/shop"))).isEqualTo(project);
  }

  @Test
  void changesWhatIsNamedAndNothingElse() {
    HttpReply reply = post("/api/v1/projects/1", "{\"retention_days\":7}");

    assertThat(FakeHouse.json(reply).text("retention_days")).isEqualTo("7");
    assertThat(FakeHouse.json(reply).text("name")).isEqualTo("P1");
    assertThat(post("/api/v1/projects/1", "{\"retention_days\":0}").status()).isEqualTo(400);
    assertThat(post("/api/v1/projects/1", "{\"retention_days\":\"x\"}").status()).isEqualTo(400);
    assertThat(post("/api/v1/projects/1", "[]").status()).isEqualTo(400);
    assertThat(get("/api/v1/projects/99").status()).isEqualTo(404);
    assertThat(get("/api/v1/projects/nobody").status()).isEqualTo(404);
  }

  @Test
  void createsKeysThatSendUnlessMoreIsAskedFor() {
    Json.Obj sender = FakeHouse.json(post("/api/v1/projects/1/keys", ""));
    Json.Obj reader =
        FakeHouse.json(post("/api/v1/projects/1/keys", "{\"permissions\":[\"read\"]}"));

    assertThat(sender.text("dsn")).contains(String.valueOf(sender.text("key")));
    assertThat(sender.text("sender")).isEqualTo(String.valueOf(sender.text("key")).substring(0, 8));
    assertThat(reader.text("dsn")).isNull();
    assertThat(FakeHouse.json(get("/api/v1/projects/1/keys")).array("keys")).hasSize(5);
    assertThat(post("/api/v1/projects/1/keys", "{\"permissions\":[\"fly\"]}").status())
        .isEqualTo(400);
    assertThat(post("/api/v1/projects/1/keys", "{\"permissions\":[]}").status()).isEqualTo(400);
  }

  @Test
  void setsAndUnsetsLimitsOfProjectAndKey() {
    post("/api/v1/projects/1/limits", "{\"events_per_month\":1000,\"bytes_per_hour\":5}");
    Json.Obj project =
        FakeHouse.json(post("/api/v1/projects/1/limits", "{\"bytes_per_hour\":null}"));
    String ofKey = "/api/v1/projects/1/limits?key_prefix=a1b2c3d4";
    Json.Obj key = FakeHouse.json(post(ofKey, "{\"requests_at_once\":2}"));

    assertThat(project.object("limits"))
        .isEqualTo(Json.object("events_per_month", Json.number(1000)));
    assertThat(project.object("in_force").text("events_per_month")).isEqualTo("1000");
    assertThat(project.object("in_force").text("events_per_minute")).isEqualTo("1000");
    assertThat(project.object("used").object("month").text("events")).isEqualTo("70");
    assertThat(key.object("in_force").fields()).containsOnlyKeys("requests_at_once");
    assertThat(key.object("used").object("hour").text("events")).isEqualTo("7");
    assertThat(limits.limits(new Sender(new ProjectId(1), "a1b2c3d4")).get(Limit.REQUESTS_AT_ONCE))
        .isEqualTo(2);
  }

  @Test
  void saysWhichLimitIsWrong() {
    assertThat(FakeHouse.text(post("/api/v1/projects/1/limits", "{\"events_per_day\":1}")))
        .contains("events_per_day")
        .contains("expected: one of requests_at_once, events_per_minute");
    assertThat(FakeHouse.text(post("/api/v1/projects/1/limits", "{\"events_per_hour\":0}")))
        .contains("events_per_hour: 0 (expected: 1..");
    assertThat(post("/api/v1/projects/1/limits", "{\"events_per_hour\":1.5}").status())
        .isEqualTo(400);
    assertThat(get("/api/v1/projects/1/limits?key_prefix=zz").status()).isEqualTo(400);
    assertThat(limits.all).isEmpty();
  }

  private static final class HeapLimits implements LimitStore {
    private final Map<Sender, Limits> all = new HashMap<>();

    @Override
    public Limits limits(Sender sender) {
      return all.getOrDefault(sender, Limits.NONE);
    }

    @Override
    public void change(Sender sender, Limits changed) {
      all.put(sender, changed);
    }
  }
}
