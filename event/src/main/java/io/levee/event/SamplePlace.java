package io.levee.event;

/**
 * Where an event stands in a run of events that are alike, of which burst sampling keeps some.
 *
 * <p>The dropped ones of a run are numbered. A dropped one says its own number; a kept one says
 * through which number its weight covers them. So whoever reads the bus knows which of the dropped
 * stand in no kept event's weight yet, in whatever order racing requests wrote.
 *
 * @param run its number, the same in no two runs
 * @param number of a dropped one: its own, from 1; of a kept one: the last that its weight covers
 * @param promoted it was dropped first, and counted as sampled out, and is stored after all
 */
public record SamplePlace(long run, long number, boolean promoted) {}
