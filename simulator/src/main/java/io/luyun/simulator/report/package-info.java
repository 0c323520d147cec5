/**
 * What a run says at its end, for people and for programs.
 *
 * <pre>
 *   a load run ─▶ RunReport ◀──▶ JSON (RunReportFile, strict)
 *                   │  ▲
 *                   │  └─ Workers: one of those of its processes
 *                   ├─ Runs: several ─▶ RunText, ReportPage (Page, PagePlots, PageTables) ─▶ one HTML file
 *                   ├─ Assertions (Figure) ─▶ verdicts
 *                   └─ Comparison (Likeness) ─▶ RunText
 *   feeds, replays ─▶ FeedReport, MqttFeedReport, ReplayReport
 * </pre>
 */
@NullMarked
package io.luyun.simulator.report;

import org.jspecify.annotations.NullMarked;
