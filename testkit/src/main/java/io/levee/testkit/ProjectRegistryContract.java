package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.levee.engine.registry.Permission;
import io.levee.engine.registry.Project;
import io.levee.engine.registry.ProjectKey;
import io.levee.engine.registry.ProjectRegistry;
import io.levee.event.ProjectId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link ProjectRegistry} does. */
@SuppressWarnings("NullAway.Init") // JUnit calls setUp before every test.
public abstract class ProjectRegistryContract {
  private ProjectRegistry registry;

  /** Opens the registry: empty at first, later with what it held when it was closed. */
  protected abstract ProjectRegistry open();

  /** Closes what {@link #open} opened. */
  protected abstract void close();

  @BeforeEach
  void setUp() {
    registry = open();
  }

  @AfterEach
  void tearDown() {
    close();
  }

  @Test
  void findsProjectsByEveryName() {
    Project shop = registry.create("shop", "The Shop", 90);
    Project blog = registry.create("blog-2", "Blog's \"; DROP TABLE project; --", 7);

    close();
    registry = open();

    assertThat(registry.projects()).containsExactly(shop, blog);
    assertThat(shop.id()).isEqualTo(new ProjectId(1));
    assertThat(registry.project(blog.id())).contains(blog);
    assertThat(registry.projectBySlug("shop")).contains(shop);
    assertThat(registry.projectByLogId(shop.logId())).contains(shop);
    assertThat(registry.project(new ProjectId(3))).isEmpty();
    assertThat(registry.projectBySlug("' OR 1=1 --")).isEmpty();
    assertThat(registry.projectByLogId(new UUID(1, 2))).isEmpty();
  }

  @Test
  void refusesMalformedAndTakenSlugs() {
    registry.create("shop", "The Shop", 90);

    for (String slug : List.of("shop", "", "Shop", "-a", "a b", "a/b", "ü", "a".repeat(65))) {
      assertThatThrownBy(() -> registry.create(slug, "name", 90))
          .as(slug)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("slug");
    }
    assertThatThrownBy(() -> registry.create("ok", " ", 90)).hasMessageContaining("name");
    assertThatThrownBy(() -> registry.create("ok", "name", 0)).hasMessageContaining("retention");
    assertThat(registry.projects()).hasSize(1);
    assertThat(registry.create("ok", "name", 1).id()).isNotEqualTo(new ProjectId(1));
  }

  @Test
  void changesNameAndRetention() {
    Project shop = registry.create("shop", "The Shop", 90);

    Project changed = registry.change(shop.id(), "The Other Shop", 7);

    assertThat(changed.name()).isEqualTo("The Other Shop");
    assertThat(changed.retentionDays()).isEqualTo(7);
    assertThat(changed.slug()).isEqualTo("shop");
    assertThat(registry.project(shop.id())).contains(changed);
    assertThat(registry.projectByLogId(shop.logId())).contains(changed);
    assertThatThrownBy(() -> registry.change(shop.id(), " ", 7)).hasMessageContaining("name");
    assertThatThrownBy(() -> registry.change(shop.id(), "x", 0)).hasMessageContaining("retention");
    assertThatThrownBy(() -> registry.change(new ProjectId(9), "x", 7))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsKeysByTheirValueOnly() {
    Project shop = registry.create("shop", "The Shop", 90);
    ProjectKey dsn = registry.createKey(shop.id(), Set.of(Permission.INGEST));
    ProjectKey admin =
        registry.createKey(shop.id(), Set.of(Permission.INGEST, Permission.READ, Permission.ADMIN));

    assertThat(dsn.value()).matches("[0-9a-f]{32}").isNotEqualTo(admin.value());
    assertThat(registry.key(dsn.value())).contains(dsn);
    assertThat(registry.key(admin.value())).contains(admin);
    for (String wrong :
        List.of(
            "",
            "0".repeat(32),
            dsn.value().substring(1),
            "' OR '1'='1",
            dsn.value().toUpperCase(Locale.ROOT) + "A")) {
      assertThat(registry.key(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void showsAgainOnlyWhatMayDoNoMoreThanSend() {
    Project shop = registry.create("shop", "The Shop", 90);
    Project blog = registry.create("blog", "Blog", 90);
    ProjectKey dsn = registry.createKey(shop.id(), Set.of(Permission.INGEST));
    ProjectKey reader = registry.createKey(shop.id(), Set.of(Permission.READ));

    List<ProjectKey> keys = registry.keys(shop.id());

    String masked = reader.value().substring(0, 8) + "*".repeat(24);
    assertThat(keys)
        .containsExactlyInAnyOrder(dsn, new ProjectKey(masked, shop.id(), Set.of(Permission.READ)));
    assertThat(registry.key(masked)).isEmpty();
    assertThat(registry.keys(blog.id())).isEmpty();
  }

  @Test
  void refusesKeysForNobodyAndForNothing() {
    Project shop = registry.create("shop", "The Shop", 90);

    assertThatThrownBy(() -> registry.createKey(new ProjectId(9), Set.of(Permission.READ)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> registry.createKey(shop.id(), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
