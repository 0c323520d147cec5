package io.luyun.proto.explain;

/** Octets for people. */
public final class Octets {
    private Octets() {}

    /** Octets as text in quotation marks, when that is what they seem to be, without zeros at the end; else empty. */
    public static String readable(byte[] octets, int length) {
        int end = length;
        while (end > 0 && octets[end - 1] == 0) {
            end--;
        }
        final StringBuilder text = new StringBuilder(end + 2).append('"');
        for (int i = 0; i < end; i++) {
            if (octets[i] < ' ' || octets[i] > '~') {
                return "";
            }
            text.append((char) octets[i]);
        }
        return end == 0 ? "" : text.append('"').toString();
    }
}
