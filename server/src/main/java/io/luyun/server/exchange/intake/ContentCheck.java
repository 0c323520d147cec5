package io.luyun.server.exchange.intake;

import io.luyun.proto.codec.MessageValidator;
import io.luyun.proto.codec.Violation;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.MessageKind;
import java.util.regex.Pattern;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** Holds messages against the rules of luyun.v1, as a server does. One thread. */
public final class ContentCheck {
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private final MessageValidator validator = new MessageValidator();

    /** Why this is no message of its kind, without numbers, so that many can be counted together; null when it is one. */
    public @Nullable String problem(final int kind, final DirectBuffer buffer, final int offset, final int length) {
        if (length > NewRecording.LONGEST) {
            return "longer than a record can be";
        }
        if (kind == MessageKind.MESSAGE_KIND_VPM_VALUE) {
            return "VPM: no journal has what a payment tells of its payer";
        }
        final Violation violation = validator.check(kind, buffer, offset, length);
        return violation == null ? null : text(violation);
    }

    /** A violation without its numbers. */
    public static String text(final Violation violation) {
        final ErrorCode code = violation.code();
        return code.name().replace("ERROR_CODE_", "")
                + ' '
                + INDEX.matcher(violation.field()).replaceAll("[]");
    }
}
