/**
 * What a load run is to do, read from a YAML file: pure, nothing runs here.
 *
 * <pre>
 *   file or ready scenario ─▶ ScenarioFile ─▶ LoadScenario ─┬─ TrafficPlan   who is on the road
 *                                                           ├─ Rates         how fast they send, over time
 *                                                           ├─ LinkPlan      what carries it, and its faults
 *                                                           ├─ WatcherPlan   who looks on
 *                                                           ├─ Outage        when links go, and come again
 *                                                           ├─ Intrusion     who means harm
 *                                                           └─ Search        how the most is looked for
 * </pre>
 */
@NullMarked
package io.luyun.simulator.plan;

import org.jspecify.annotations.NullMarked;
