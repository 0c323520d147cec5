package io.luyun.server.exchange.pcap;

import io.luyun.proto.uper.Dialect;

/**
 * How messages are written into a capture.
 *
 * @param dialect the message set they are encoded in
 * @param envelope whether each stands in the envelope of deployed roadside units, else bare
 */
public record PcapOptions(Dialect dialect, boolean envelope) {}
