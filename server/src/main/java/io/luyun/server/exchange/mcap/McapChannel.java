package io.luyun.server.exchange.mcap;

/**
 * A channel of a file that is read.
 *
 * @param schema full name of its messages; empty when that is not known
 * @param encoding how they are written
 * @param kind number of RecordKind, when a journal was exported; else 0
 * @param device id of a device that its metadata name; else empty
 */
record McapChannel(String topic, String schema, String encoding, int kind, String device) {}
