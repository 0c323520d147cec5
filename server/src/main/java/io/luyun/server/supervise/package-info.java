/**
 * Test vehicles under supervision: who runs them, when they may drive, what they did. Reads the journals as another process would; the
 * line knows nothing of it.
 *
 * <pre>
 *   vehicles file ─▶ TestVehicles ─┐
 *   journal   BSM, RAW, sessions ──┼─▶ Ledger ─▶ VehicleRecord ─▶ DayFigures
 *   alerts    OFF_APPROVED_ROAD ───┘     │          (now)    │      (a local day each)
 *                                        │                   └──▶ Moments (when it was, the newest)
 *                                        ├─▶ LedgerFiles   state.json, YYYY-MM.json
 *                                        ├─▶ VehicleEvents takeovers and failures, for evidence
 *                                        └─▶ SupervisionReport, SupervisionTable
 * </pre>
 *
 * BSM has no driving mode. A vehicle tells it in a message that is kept as it came (RAW), whose topic and member the vehicles file names;
 * as long as it has told none its mode is unknown, and is accounted as that.
 */
@NullMarked
package io.luyun.server.supervise;

import org.jspecify.annotations.NullMarked;
