/**
 * The life of alerts, whatever they are about.
 *
 * A rule looks at one subject, a road user or a {@code Site} (a node or roadside unit), and says how severe its case is now: 0
 * for none. The book keeps each case, {@code LifeCycle} decides on its steps:
 *
 * <pre>
 *                confirmReports in a row            more severe, confirmed; less severe for holdMillis
 *   (nothing) ──────────────────────────▶ RAISED ──────────────────────────────────────────────────▶ UPDATED ──┐
 *                                            │                                                          │  ▲────┘
 *                                            └──── none for holdMillis: CLEARED, over; subject, target ◀┘
 *                                                  or event silent: CLEARED, gone
 * </pre>
 *
 * Cases of a road user that no rule speaks of when it moves are none any more; those of a site last until their rule says
 * otherwise. Nothing is repeated while nothing changes. All decisions rest on the records and their times only, so a replay gives the
 * same alerts byte for byte. While no alert is raised nothing is allocated.
 */
@NullMarked
package io.luyun.server.alert.life;

import org.jspecify.annotations.NullMarked;
