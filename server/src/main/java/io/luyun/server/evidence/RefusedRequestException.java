package io.luyun.server.evidence;

/** What somebody asked to have frozen cannot be: which field, what stood there, what must stand there. */
public final class RefusedRequestException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String value;
    private final String rule;

    RefusedRequestException(final String field, final String value, final String rule) {
        super(field + (value.isEmpty() ? "" : " = " + value) + ": " + rule);
        this.field = field;
        this.value = value;
        this.rule = rule;
    }

    /** Name of the field; {@code body} for all of it. */
    public String field() {
        return field;
    }

    /** What stood there, as JSON; empty for all of the request. */
    public String value() {
        return value;
    }

    /** What must hold. */
    public String rule() {
        return rule;
    }
}
