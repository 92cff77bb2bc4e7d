package io.ibid;

/** A transport is in another condition than before. */
public record DittoTransportConditionEvent(DittoConditionSource source, DittoTransportCondition condition) {}
