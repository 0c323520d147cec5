package io.luyun.server.fanout;

import io.luyun.proto.v1.Alert;

/** One step of an alert, encoded once and shared by all its deliveries. Immutable; the bytes are not to be changed. */
final class AlertStep implements AlertNews {
    final Alert alert;
    final byte[] bytes;
    final int subjectDevice;
    final long receivedAtNs;
    final long decidedAtNs;

    AlertStep(
            final Alert alert,
            final byte[] bytes,
            final int subjectDevice,
            final long receivedAtNs,
            final long decidedAtNs) {
        this.alert = alert;
        this.bytes = bytes;
        this.subjectDevice = subjectDevice;
        this.receivedAtNs = receivedAtNs;
        this.decidedAtNs = decidedAtNs;
    }
}
