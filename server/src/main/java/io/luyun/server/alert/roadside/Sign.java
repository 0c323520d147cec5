package io.luyun.server.alert.roadside;

import static io.luyun.server.monitor.Settings.inRange;
import static io.luyun.server.monitor.Settings.require;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * How a limit is read from a sign.
 *
 * @param code its sign type
 * @param pattern regular expression over the description whose first group is the limit in km/h; empty for none
 * @param limitKmh the limit where the pattern finds none; 0 for none
 * @param vehicles whom it concerns: {@code all} or {@code trucks}
 */
public record Sign(int code, String pattern, double limitKmh, String vehicles) {
    /** Checks the ranges. */
    public Sign {
        inRange("alert.speedLimit.signs.code", code, 0, 65_535);
        inRange("alert.speedLimit.signs.limitKmh", limitKmh, 0, 300);
        require(
                vehicles.equals("all") || vehicles.equals("trucks"),
                "alert.speedLimit.signs.vehicles",
                vehicles,
                "must be all or trucks");
        if (!pattern.isEmpty()) {
            try {
                require(
                        Pattern.compile(pattern).matcher("").groupCount() >= 1,
                        "alert.speedLimit.signs.pattern",
                        pattern,
                        "must have a group for the limit");
            } catch (final PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "alert.speedLimit.signs.pattern = " + pattern + ": " + e.getDescription(), e);
            }
        }
    }
}
