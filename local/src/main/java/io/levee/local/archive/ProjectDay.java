package io.levee.local.archive;

import io.levee.event.ProjectId;
import java.time.LocalDate;

/** One project's events of one UTC day: what a block holds, what is counted and what expires. */
record ProjectDay(ProjectId project, LocalDate day) {}
