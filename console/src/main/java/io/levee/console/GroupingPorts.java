package io.levee.console;

import io.levee.engine.grouping.GroupingInForce;
import io.levee.engine.grouping.MergeStore;
import io.levee.engine.grouping.Regrouping;

/** What the pages about grouping ask and change. */
public record GroupingPorts(GroupingInForce grouping, MergeStore merges, Regrouping regrouping) {}
