/**
 * How vehicles and roadside units behave, for those who run the zone. All formulas and figures are chosen here.
 *
 * <p><b>RSU_RATE</b> ({@code BroadcastRateRule}). Inputs: when a roadside unit sends messages of each kind, by receive time.
 * Watched are the kinds of the settings that a unit has sent so often without a silence that it must be meant. Silent: no
 * message for 5 intervals and at least 5 s, a warning. Slow: twice in a row under half of the messages expected in 20 s, a
 * caution. RSM and SSM are missed only while a road user that reports itself is within 50 m of the unit. Cleared when
 * messages come again for 3 s, or are as many as they should be; gone after an hour of silence.
 */
@NullMarked
package io.luyun.server.alert.supervision;

import org.jspecify.annotations.NullMarked;
