package io.luyun.server.ops;

import io.luyun.server.audit.AuditLog;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.nio.file.Path;
import java.time.InstantSource;
import org.agrona.ErrorHandler;

/**
 * What the HTTP face reports to.
 *
 * @param audit where every change goes
 * @param clock the time of day
 * @param data directory of everything the server writes
 */
public record OpsEnvironment(
        Counters counters, Latencies latencies, ErrorHandler errors, AuditLog audit, InstantSource clock, Path data) {}
