package io.luyun.server.privacy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds number plates and vehicle identification numbers by their form: a plate of the mainland's is a province, a letter and five or six
 * letters or digits, an identification number 17 letters and digits without I, O and Q, some of each. Immutable.
 */
final class PlateText {
    private static final String PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领";
    private static final Pattern PLATE =
            Pattern.compile("[" + PROVINCES + "][A-Za-z][ .·•-]?[A-Za-z0-9]{4,5}[A-Za-z0-9挂学警港澳试超]");
    private static final Pattern VIN = Pattern.compile(
            "(?<![A-Za-z0-9])(?=[A-Za-z0-9]*[0-9])(?=[A-Za-z0-9]*[A-Za-z])[A-HJ-NPR-Za-hj-npr-z0-9]{17}(?![A-Za-z0-9])");
    private static final Charset GBK = Charset.forName("GBK");
    private static final char MASK = '*';

    private final boolean plates;
    private final boolean vins;

    /** Looks for these. */
    PlateText(final boolean plates, final boolean vins) {
        this.plates = plates;
        this.vins = vins;
    }

    /** Whether there is one in a text. */
    boolean in(final String text) {
        return (plates && PLATE.matcher(text).find())
                || (vins && VIN.matcher(text).find());
    }

    /** Whether octets are one: as text, or a plate in GBK, which has eight octets. */
    boolean in(final byte[] octets) {
        if (!plates && !vins) {
            return false;
        }
        final boolean wide = octets.length > 2 && octets[0] < 0 && octets[1] != 0 && octets[2] >= 'A';
        return in(new String(octets, StandardCharsets.UTF_8)) || (wide && in(new String(octets, GBK)));
    }

    /** A text with asterisks where one stood. */
    String masked(final String text) {
        final String once = plates ? masked(PLATE, text) : text;
        return vins ? masked(VIN, once) : once;
    }

    private static String masked(final Pattern pattern, final String text) {
        final Matcher matcher = pattern.matcher(text);
        return matcher.replaceAll(
                found -> String.valueOf(MASK).repeat(found.group().length()));
    }
}
