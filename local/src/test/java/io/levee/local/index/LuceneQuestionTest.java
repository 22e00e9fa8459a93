package io.levee.local.index;

import io.levee.engine.index.EventIndex;
import io.levee.testkit.QuestionContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class LuceneQuestionTest extends QuestionContract {
  @TempDir Path directory;

  @Override
  protected EventIndex create() {
    return new LuceneEventIndex(directory, IndexSettings.DEFAULT, System::nanoTime);
  }
}
