package io.luyun.proto.codec;

import io.luyun.proto.v1.ErrorCode;

/**
 * The one thing wrong with a message: which field, what was found, which rule. Belongs to its {@link MessageValidator}
 * or decoder and holds until that checks again; the texts it answers are the caller's to keep.
 */
public final class Violation {
    private final StringBuilder path = new StringBuilder(64);
    private ErrorCode code = ErrorCode.ERROR_CODE_UNSPECIFIED;
    private String value = "";
    private String rule = "";

    /** Nothing is wrong yet. */
    public Violation() {}

    /** MALFORMED, UNKNOWN_KIND, MISSING or OUT_OF_RANGE; CLOCK of an envelope. */
    public ErrorCode code() {
        return code;
    }

    /** Path of the field: {@code message.bsm.speed}, {@code message.rsm.participants[3].heading}. */
    public String field() {
        return path.toString();
    }

    /** What was found, as text. */
    public String value() {
        return value;
    }

    /** The rule for people: {@code 0..8190 in 0.02 m/s; leave it out when unknown}. */
    public String rule() {
        return rule;
    }

    @Override
    public String toString() {
        return code + " " + path + " = " + value + ": " + rule;
    }

    /** Says what is wrong with a field of this path. */
    public Violation set(ErrorCode newCode, String field, String newValue, String newRule) {
        set(newCode, newValue, newRule);
        path.append(field);
        return this;
    }

    /** Says what is wrong; the path is empty until {@link #within} puts names before it. */
    public Violation set(ErrorCode newCode, String newValue, String newRule) {
        code = newCode;
        value = newValue;
        rule = newRule;
        path.setLength(0);
        return this;
    }

    /** Puts the name of an outer field before the path; an index below 0 is none. */
    public void within(String name, int index) {
        final String head = index < 0 ? name : name + '[' + index + ']';
        path.insert(0, path.isEmpty() ? head : head + '.');
    }
}
