package io.levee.console;

import io.levee.event.ProjectId;
import io.levee.testkit.MemoryQuestionStore;
import io.levee.testkit.QuestionStoreContract;

/** The fake keeps the contract, too. */
final class MemoryQuestionStoreTest extends QuestionStoreContract {
  @Override
  protected Opened open() {
    return new Opened(new MemoryQuestionStore(), new ProjectId(1), new ProjectId(2));
  }

  @Override
  protected void close() {}
}
