package io.luyun.simulator.recording;

import io.luyun.proto.codec.Violation;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope;
import io.luyun.proto.uper.UperDecoder;
import io.luyun.proto.v1.MessageKind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads octets of the road: a UPER frame, or the envelope of a roadside unit around one or more. What reads to the last bit
 * is taken; what neither does is a problem with its reason. One thread at a time, also for the messages it has read.
 */
public final class UperFrames {
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");
    private static final int MAX_CANONICAL = 1 << 17;

    private final Dialect dialect;
    private final boolean keepTimes;
    private final UperDecoder decoder = new UperDecoder();
    private final RsuEnvelope envelope = new RsuEnvelope();
    private final Restamp restamp = new Restamp();
    private final UnsafeBuffer canonical = new UnsafeBuffer(new byte[MAX_CANONICAL]);

    /**
     * A reader of one dialect.
     *
     * @param keepTimes whether times within the messages stay as recorded; otherwise each gets the time it is due
     */
    public UperFrames(final Dialect dialect, final boolean keepTimes) {
        this.dialect = dialect;
        this.keepTimes = keepTimes;
    }

    /** A frame that was read. */
    record Decoded(List<FeedMessage> messages, List<String> problems) implements FeedFrame {
        Decoded {
            messages = List.copyOf(messages);
            problems = List.copyOf(problems);
        }

        static Decoded problem(final String problem) {
            return new Decoded(List.of(), List.of(problem));
        }
    }

    /** What the octets say. */
    public FeedFrame read(final byte[] octets) {
        final UnsafeBuffer in = new UnsafeBuffer(octets);
        final List<FeedFrame.FeedMessage> messages = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        final String refused = decode(in, 0, octets.length, messages);
        if (refused == null) {
            return new Decoded(messages, problems);
        }
        if (!envelope.wrap(in, 0, octets.length)) {
            problems.add(refused);
        }
        while (problems.isEmpty() && envelope.violation() == null && envelope.next()) {
            final String within = decode(in, envelope.frameOffset(), envelope.frameLength(), messages);
            if (within != null) {
                problems.add(within);
                break;
            }
        }
        return new Decoded(messages, problems);
    }

    /** Adds the message; why it cannot be one, else. */
    private @Nullable String decode(
            final UnsafeBuffer in, final int offset, final int length, final List<FeedFrame.FeedMessage> messages) {
        final int size = decoder.decode(dialect, in, offset, length, canonical, 0);
        final Violation violation = decoder.violation();
        if (violation != null) {
            return reason(violation);
        }
        if (decoder.messageKind() == MessageKind.MESSAGE_KIND_VPM_VALUE) {
            return "VPM: no server takes what a payment tells of its payer";
        }
        final byte[] bytes = new byte[size];
        canonical.getBytes(0, bytes);
        messages.add(new Canonical(decoder.messageKind(), bytes, keepTimes ? null : restamp));
        return null;
    }

    /** Code and field, without the places in lists, for example "OUT_OF_RANGE bsmFrame.pos.lat". */
    public static String reason(final Violation violation) {
        return violation.code().name().replace("ERROR_CODE_", "")
                + ' '
                + INDEX.matcher(violation.field()).replaceAll("[]");
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Canonical(
            int kind, byte[] bytes, @Nullable Restamp restamp) implements FeedFrame.FeedMessage {
        @Override
        public byte[] at(final long utcMs, final int count) {
            return restamp == null ? bytes : restamp.at(kind, bytes, utcMs);
        }
    }
}
