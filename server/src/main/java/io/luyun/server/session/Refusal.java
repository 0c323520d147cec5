package io.luyun.server.session;

import io.luyun.proto.codec.Violation;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.server.monitor.Counter;

/** A refusal to be: what the device is told. Reused by its loop; strings are made only when something is refused. */
public final class Refusal {
    private ErrorCode code = ErrorCode.ERROR_CODE_UNSPECIFIED;
    private String field = "";
    private String value = "";
    private String rule = "";

    Refusal set(final ErrorCode newCode, final String newField, final String newValue, final String newRule) {
        code = newCode;
        field = newField;
        value = newValue;
        rule = newRule;
        return this;
    }

    Refusal set(final Violation violation) {
        return set(violation.code(), violation.field(), violation.value(), violation.rule());
    }

    /** Why. */
    public ErrorCode code() {
        return code;
    }

    /** Path of the field; may be empty. */
    public String field() {
        return field;
    }

    /** What was found; may be empty. */
    public String value() {
        return value;
    }

    /** What should be, for people. */
    public String rule() {
        return rule;
    }

    /** Whether the connection closes after it, whatever else holds. */
    boolean closes() {
        return switch (code) {
            case ERROR_CODE_FRAME_TOO_LONG,
                    ERROR_CODE_NOT_AUTHENTICATED,
                    ERROR_CODE_OUT_OF_ORDER,
                    ERROR_CODE_UNAVAILABLE,
                    ERROR_CODE_ABUSE -> true;
            default -> false;
        };
    }

    Counter counter() {
        return switch (code) {
            case ERROR_CODE_FRAME_TOO_LONG -> Counter.REFUSED_FRAME_TOO_LONG;
            case ERROR_CODE_UNKNOWN_KIND -> Counter.REFUSED_UNKNOWN_KIND;
            case ERROR_CODE_MISSING -> Counter.REFUSED_MISSING;
            case ERROR_CODE_OUT_OF_RANGE -> Counter.REFUSED_OUT_OF_RANGE;
            case ERROR_CODE_NOT_AUTHENTICATED -> Counter.REFUSED_NOT_AUTHENTICATED;
            case ERROR_CODE_NOT_ALLOWED -> Counter.REFUSED_NOT_ALLOWED;
            case ERROR_CODE_CLOCK -> Counter.REFUSED_CLOCK;
            case ERROR_CODE_NUMBER_BACKWARDS -> Counter.REFUSED_NUMBER_BACKWARDS;
            case ERROR_CODE_OUT_OF_ORDER -> Counter.REFUSED_OUT_OF_ORDER;
            case ERROR_CODE_UNAVAILABLE -> Counter.REFUSED_UNAVAILABLE;
            case ERROR_CODE_ABUSE -> Counter.REFUSED_ABUSE;
            case ERROR_CODE_LIMIT -> Counter.REFUSED_LIMIT;
            default -> Counter.REFUSED_MALFORMED;
        };
    }
}
