package io.luyun.simulator.recording;

import java.util.List;

/** One frame of a recording: the messages it becomes, or why it cannot become them. */
public interface FeedFrame {
    /** Its messages; none in an empty frame. */
    List<? extends FeedMessage> messages();

    /** What the language of the house cannot express, one line for each message that is therefore not sent. */
    List<String> problems();

    /** Values left out: those that mean "unknown", and wrong headings where asked. */
    default int unknownLeftOut() {
        return 0;
    }

    /** Whether there is nothing in it. */
    default boolean empty() {
        return messages().isEmpty() && problems().isEmpty();
    }

    /** One message, ready but for its time. */
    interface FeedMessage {
        /** Number of its {@code MessageKind}. */
        int kind();

        /**
         * Its canonical bytes as if it had been measured at that time.
         *
         * @param count messages sent before it
         */
        byte[] at(long utcMs, int count);
    }
}
