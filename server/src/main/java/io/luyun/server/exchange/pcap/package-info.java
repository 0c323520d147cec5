/**
 * Captures of networks, as Wireshark has them: read from pcap and pcapng, written as pcapng.
 *
 * <pre>
 *   Records ─▶ PcapExporter ─ UPER frame ─▶ PacketWriter (Ethernet, IPv4, UDP) ─▶ CaptureWriter ─▶ pcapng
 *
 *   pcap, pcapng ─▶ CaptureReader ─▶ Datagram ─ UPER frame or envelope ─▶ PcapImport ─▶ a journal
 * </pre>
 */
@NullMarked
package io.luyun.server.exchange.pcap;

import org.jspecify.annotations.NullMarked;
