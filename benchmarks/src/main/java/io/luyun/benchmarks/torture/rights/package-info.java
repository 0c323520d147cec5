/**
 * Everybody tries everything: the matrix of rights, made from a registry and tokens, asked of a whole server over its real sockets.
 *
 * <pre>
 *   Entry …  ─▶ registry.yaml, tokens, Authority ─▶ server ◀── TcpAsker · MqttAsker · UdpAsker · HttpAsker
 *      │                                              │                        │ taken or refused
 *      └─▶ Oracle: what the words of the registry mean ──────────────────▶  Cells ──▶ RightsReport
 *                                                     └─ journal ──────────▶  exactly what was taken
 * </pre>
 */
@NullMarked
package io.luyun.benchmarks.torture.rights;

import org.jspecify.annotations.NullMarked;
