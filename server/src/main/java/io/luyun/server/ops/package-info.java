/**
 * The HTTP face for people and machines that look after the server: read only, one request for each connection.
 *
 * <pre>
 *   /livez          200 while the process answers
 *   /readyz         200 while messages are taken, else 503 with the reason
 *   /metrics        Prometheus text: luyun_*, jvm_*, system_*, process_*
 *   /api/v1/status  the same state as one JSON object
 *
 *   client ─▶ Admission ─▶ HTTP decoder ─▶ RequestHandler ─▶ Pages ─▶ Metrics, StatusPage ─▶ OpsSource, Counters, Latencies
 * </pre>
 */
@NullMarked
package io.luyun.server.ops;

import org.jspecify.annotations.NullMarked;
