package io.luyun.server.redecide;

/**
 * What a field was and is, as text.
 *
 * @param recorded of the recorded alert; {@code -} when it does not have it
 * @param decided of the alert decided now
 */
public record Change(String recorded, String decided) {}
