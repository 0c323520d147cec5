package io.luyun.simulator.scenario;

import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.simulator.recording.FeedFrame;
import java.util.List;

/**
 * One frame of a recording: the messages it becomes, or why it cannot become them.
 *
 * @param messages its messages; none in an empty frame
 * @param problems what the language of the house cannot express, one line for each message that is therefore not sent
 * @param unknownLeftOut values left out: "unknown" in the standard, as the schema wants it, or headings as asked
 */
record TrackFrame(List<TrackMessage> messages, List<String> problems, int unknownLeftOut) implements FeedFrame {
    private static final int MSG_CNT_MAX = 127;

    TrackFrame {
        messages = List.copyOf(messages);
        problems = List.copyOf(problems);
    }

    /**
     * One message without its time.
     *
     * @param rsm the message
     * @param millisAfterFirst how much later than the first participant each one was measured, as recorded
     */
    record TrackMessage(Rsm rsm, List<Integer> millisAfterFirst) implements FeedMessage {
        TrackMessage {
            millisAfterFirst = List.copyOf(millisAfterFirst);
        }

        @Override
        public int kind() {
            return MessageKind.MESSAGE_KIND_RSM_VALUE;
        }

        /** The message as if its first participant had been measured at that time. */
        @Override
        public byte[] at(final long utcMs, final int count) {
            final Rsm.Builder out = rsm.toBuilder().setMsgCnt(count & MSG_CNT_MAX);
            for (int i = 0; i < out.getParticipantsCount(); i++) {
                final RsmParticipant.Builder participant = out.getParticipantsBuilder(i);
                participant.setSecMark((int) Math.floorMod(utcMs + millisAfterFirst.get(i), 60_000L));
            }
            return out.build().toByteArray();
        }
    }
}
