/**
 * Runs: a load of a simulated zone, a recorded file, a demonstration with a server of its own.
 *
 * <pre>
 *   Script ─ traffic thread ─▶ StepFeed ─▶ Pacer ─▶ DeviceClient …   (LoadRun; the clients are a Fleet)
 *   Recording ─▶ Timetable ─▶ DeviceClient                                (FeedRun; tracks, UPER, captures)
 *   TopicFile ─▶ Timetable ─▶ MqttPublisher                               (MqttFeedRun)
 *   DemoRun = ServerProcess + LoadRun + Observer + what the journal says afterwards
 * </pre>
 */
@NullMarked
package io.luyun.simulator.scenario;

import org.jspecify.annotations.NullMarked;
