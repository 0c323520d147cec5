package io.luyun.server.session;

import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.Notice;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.ServerFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.agrona.concurrent.UnsafeBuffer;

/** The server's rare frames, written with protobuf-java. Stateless. */
final class Answers {
    private static final int VALUE_CHARS_MAX = 256;

    private Answers() {}

    static void error(
            final FrameConnection connection, final Refusal refusal, final long number, final boolean closes) {
        final Error.Builder error = Error.newBuilder()
                .setCode(refusal.code())
                .setRule(refusal.rule())
                .setCloses(closes);
        if (number != 0) {
            error.setNumber(number);
        }
        if (!refusal.field().isEmpty()) {
            error.setField(refusal.field());
        }
        if (!refusal.value().isEmpty()) {
            error.setValue(refusal.value()
                    .substring(0, Math.min(VALUE_CHARS_MAX, refusal.value().length())));
        }
        send(connection, ServerFrame.newBuilder().setError(error).build());
    }

    static void notice(final FrameConnection connection, final NoticeCode code, final String text) {
        send(
                connection,
                ServerFrame.newBuilder()
                        .setNotice(Notice.newBuilder().setCode(code).setText(text))
                        .build());
    }

    static void send(final FrameConnection connection, final ServerFrame frame) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            frame.writeDelimitedTo(bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        connection.send(new UnsafeBuffer(bytes.toByteArray()), 0, bytes.size());
    }
}
