package io.luyun.server.alert.life;

import io.luyun.proto.v1.Alert;

/** Takes the steps of alerts, on the thread that drives the engine, while the record that caused them is being taken. */
@FunctionalInterface
public interface AlertListener {
    /**
     * One step.
     *
     * @param subjectDevice index of the device it concerns, or -1 when the subject does not report itself
     * @param causeReceivedAtNs receive time of the record that caused this step
     */
    void onAlert(Alert alert, int subjectDevice, long causeReceivedAtNs);
}
