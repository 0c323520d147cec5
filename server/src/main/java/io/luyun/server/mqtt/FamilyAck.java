package io.luyun.server.mqtt;

import java.nio.charset.StandardCharsets;

/**
 * An acknowledgement in the words of T/ITS 0117 and 0180.1, owed because the message asked for it.
 *
 * @param topic where it goes
 * @param sequence number of the message it answers
 */
record FamilyAck(String topic, long sequence) {
    private static final int DESCRIPTION_CHARS = 128;
    private static final int OK = 0;
    private static final int BAD_PARAMETER = 1;

    byte[] payload(final int reason, final String text) {
        final boolean good = reason < Reason.ERROR;
        final String words = good ? "ok" : text.isEmpty() ? "refused" : text;
        final StringBuilder json = new StringBuilder(64);
        json.append("{\"seqNum\":").append(sequence);
        json.append(",\"errorCode\":").append(good ? OK : BAD_PARAMETER);
        json.append(",\"errorDesc\":\"");
        for (int i = 0; i < Math.min(DESCRIPTION_CHARS, words.length()); i++) {
            final char character = words.charAt(i);
            json.append(character < ' ' || character == '"' || character == '\\' ? ' ' : character);
        }
        return json.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
