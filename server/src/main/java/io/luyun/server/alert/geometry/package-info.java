/**
 * Who is where to whom.
 *
 * <p><b>Who is ahead</b> ({@code Ahead}): on the same link or further along links that join, by the way along the road and the
 * difference of the offsets from the centre line; where the map does not tell, in the subject's own frame, across the
 * mean of both headings (exact on an arc). Gaps are from bumper to bumper by the lengths sent. A target whose heading
 * differs by more than 45 degrees is not ahead, nor is one whose body would overlap with the subject's: that is the same
 * vehicle seen twice, or a position error.
 *
 * <p><b>Crossing ways</b> ({@code CrossingPaths}): straight ways or those expected along the road, each with a stretch on which
 * its body touches the strip that the other sweeps. Both keep their acceleration until they stand ({@code Kinematics}).
 *
 * <p><b>Beside</b> ({@code Beside}): where somebody who goes the same way is along and across, with its side, by offsets
 * from the centre line on one link or on links of as many lanes that join, else in the own frame.
 *
 * <p><b>Pairs</b> ({@code Pairs}) of a vehicle that tells something and those around it. <b>On the way</b> ({@code OnWay}): where
 * somebody is on the way another is expected to take, whatever it heads for.
 */
@NullMarked
package io.luyun.server.alert.geometry;

import org.jspecify.annotations.NullMarked;
