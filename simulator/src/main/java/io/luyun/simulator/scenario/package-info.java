/**
 * Runs: a load, a recorded file, a demonstration with a server of its own.
 *
 * <pre>
 *   Setting (zone, Script) ─ traffic thread ─▶ StepFeed ─▶ Pacer ─▶ LoopSender ─┬──────────────▶ Uplink …   (LoadRun; uplinks are a Fleet)
 *                                                ▲                              └─ FaultySender ─┘
 *                                                └── DriverWarnings ◀── alerts
 *   Recording ─▶ Timetable ─▶ DeviceClient                                (FeedRun; tracks, UPER, captures)
 *   TopicFile ─▶ Timetable ─▶ MqttPublisher                               (MqttFeedRun)
 *   DemoRun = OwnServer + LoadRun + Observer + what the journal says afterwards
 * </pre>
 */
@NullMarked
package io.luyun.simulator.scenario;

import org.jspecify.annotations.NullMarked;
