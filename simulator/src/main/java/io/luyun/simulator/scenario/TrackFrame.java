package io.luyun.simulator.scenario;

import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import java.util.List;

/**
 * One frame of a recording: the messages it becomes, or why it cannot become them.
 *
 * @param messages its messages; none in an empty frame
 * @param problems what the language of the house cannot express, one line for each message that is therefore not sent
 * @param unknownLeftOut values that mean "unknown" in the standard and were left out, as the schema wants it
 */
record TrackFrame(List<TrackMessage> messages, List<String> problems, int unknownLeftOut) {
    TrackFrame {
        messages = List.copyOf(messages);
        problems = List.copyOf(problems);
    }

    boolean empty() {
        return messages.isEmpty() && problems.isEmpty();
    }

    /**
     * One message without its time.
     *
     * @param rsm the message
     * @param millisAfterFirst how much later than the first participant each one was measured, as recorded
     */
    record TrackMessage(Rsm rsm, List<Integer> millisAfterFirst) {
        TrackMessage {
            millisAfterFirst = List.copyOf(millisAfterFirst);
        }

        /** The message as if its first participant had been measured at that time. */
        Rsm at(final long utcMs, final int msgCnt) {
            final Rsm.Builder out = rsm.toBuilder().setMsgCnt(msgCnt);
            for (int i = 0; i < out.getParticipantsCount(); i++) {
                final RsmParticipant.Builder participant = out.getParticipantsBuilder(i);
                participant.setSecMark((int) Math.floorMod(utcMs + millisAfterFirst.get(i), 60_000L));
            }
            return out.build();
        }
    }
}
