/**
 * How often the server is right: plays scenes whose truth is known against a real server and compares.
 *
 * <pre>
 *  Applications ─▶ ScoreBench ─▶ batches of Scenes ─▶ Performance ─ sockets ─▶ server (ServerHost)
 *                     │                                  │ Warning: what the server raised
 *                     │            truth.Case ─▶ Judge ◀─┘
 *                     ▼                            │ Verdict
 *                ScoreReport ◀── Tally ◀───────────┘
 *                ScenePicture ◀────────────────────┘
 * </pre>
 *
 * One thread runs the bench; what a performance hears comes on the clients' loop and is read after that has ended.
 */
@NullMarked
package io.luyun.simulator.score;

import org.jspecify.annotations.NullMarked;
