package io.levee.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.levee.engine.question.QuestionStore;
import io.levee.engine.question.SavedQuestion;
import io.levee.engine.registry.ProjectScope;
import io.levee.event.ProjectId;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link QuestionStore} does. */
@SuppressWarnings("NullAway.Init") // JUnit calls setUp before every test.
public abstract class QuestionStoreContract {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00.123456Z");

  private QuestionStore store;
  private ProjectId shop;
  private ProjectId blog;

  /**
   * A store over two projects.
   *
   * @param shop one of them
   * @param blog the other
   */
  public record Opened(QuestionStore store, ProjectId shop, ProjectId blog) {}

  /** Opens an empty store. */
  protected abstract Opened open();

  /** Closes what {@link #open} opened. */
  protected abstract void close();

  @BeforeEach
  void setUp() {
    Opened opened = open();
    store = opened.store();
    shop = opened.shop();
    blog = opened.blog();
  }

  @AfterEach
  void tearDown() {
    close();
  }

  private SavedQuestion saved(ProjectId project, String name, String text) {
    QuestionStore.Outcome outcome = store.save(project, name, text, "7d", "bar", NOON);
    assertThat(outcome).isInstanceOf(QuestionStore.Kept.class);
    return ((QuestionStore.Kept) outcome).question();
  }

  @Test
  void findsWhatWasSaved() {
    SavedQuestion question = saved(shop, " Errors by hour ", "ERROR | stats count by date_hour");

    ProjectScope scope = ProjectScope.of(shop);
    assertThat(question.name()).isEqualTo("Errors by hour");
    assertThat(question.saved()).isEqualTo(NOON);
    assertThat(store.list(scope)).containsExactly(question);
    assertThat(store.find(scope, question.id())).contains(question);
    assertThat(store.find(scope, "errors BY hour")).contains(question);
    assertThat(store.find(scope, "nothing")).isEmpty();
  }

  @Test
  void listsByNameInAnyCase() {
    saved(shop, "beta", "*");
    saved(shop, "Alpha", "*");
    saved(shop, "gamma", "*");

    assertThat(store.list(ProjectScope.of(shop)))
        .extracting(SavedQuestion::name)
        .containsExactly("Alpha", "beta", "gamma");
  }

  @Test
  void replacesWhatHadTheName() {
    saved(shop, "Errors", "ERROR");
    saved(shop, "errors", "ERROR | top type");

    assertThat(store.list(ProjectScope.of(shop)))
        .extracting(SavedQuestion::name, SavedQuestion::text)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("errors", "ERROR | top type"));
  }

  @Test
  void showsNobodyElsesQuestions() {
    SavedQuestion question = saved(shop, "Errors", "ERROR");
    ProjectScope other = ProjectScope.of(blog);

    assertThat(store.list(other)).isEmpty();
    assertThat(store.find(other, question.id())).isEmpty();
    assertThat(store.find(other, "Errors")).isEmpty();
    assertThat(store.rename(other, question.id(), "Mine", NOON))
        .isInstanceOf(QuestionStore.Missing.class);
    assertThat(store.delete(other, question.id())).isFalse();
    assertThat(store.list(ProjectScope.of(shop))).containsExactly(question);
  }

  @Test
  void keepsTheSameNameInTwoProjects() {
    saved(shop, "Errors", "ERROR");
    saved(blog, "Errors", "WARN");

    assertThat(store.find(ProjectScope.of(blog), "errors").orElseThrow().text()).isEqualTo("WARN");
  }

  @Test
  void renames() {
    SavedQuestion question = saved(shop, "Errors", "ERROR");
    saved(shop, "Warnings", "WARN");
    ProjectScope scope = ProjectScope.of(shop);

    assertThat(store.rename(scope, question.id(), "warnings", NOON))
        .isInstanceOf(QuestionStore.NameTaken.class);
    assertThat(store.rename(scope, question.id(), "ERRORS", NOON))
        .isInstanceOf(QuestionStore.Kept.class);
    assertThat(store.find(scope, question.id()).orElseThrow().name()).isEqualTo("ERRORS");
  }

  @Test
  void deletes() {
    SavedQuestion question = saved(shop, "Errors", "ERROR");
    ProjectScope scope = ProjectScope.of(shop);

    assertThat(store.delete(scope, question.id())).isTrue();
    assertThat(store.delete(scope, question.id())).isFalse();
    assertThat(store.list(scope)).isEmpty();
  }

  @Test
  void refusesWhatIsNoQuestion() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.save(shop, "  ", "*", "", "", NOON))
        .withMessageContaining("name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.save(shop, "x", " ", "", "", NOON))
        .withMessageContaining("question");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> store.save(shop, "x", "*", "", "<b>", NOON))
        .withMessageContaining("view");
  }

  @Test
  void saysWhenThereAreTooMany() {
    for (int i = 0; i < QuestionStore.QUESTIONS_MAX; i++) {
      saved(shop, "question " + i, "*");
    }

    assertThat(store.save(shop, "one more", "*", "", "", NOON))
        .isInstanceOf(QuestionStore.Full.class);
    assertThat(store.save(shop, "question 7", "ERROR", "", "", NOON))
        .isInstanceOf(QuestionStore.Kept.class);
  }
}
