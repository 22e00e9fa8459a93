package io.levee.bench;

import java.time.Duration;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * A line of the table.
 *
 * @param name as the table has it
 * @param p95Max what its 95th percentile must stay below
 * @param ratioMin how many times faster than OpenSearch it must be; zero when there is no such wish
 * @param next makes one of it, with other parameters each time
 */
record QuestionKind(
    String name, Duration p95Max, double ratioMin, Function<RandomGenerator, Asked> next) {}
