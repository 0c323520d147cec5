package io.luyun.server.ops;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request cannot be answered as asked; says which field of it had which value and what the rule is. */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String code;
    private final @Nullable String field;
    private final @Nullable String value;
    private String header = "";
    private String headerValue = "";

    private Problem(
            final int status,
            final String code,
            final @Nullable String field,
            final @Nullable String value,
            final String rule) {
        super(rule, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
        this.value = value;
    }

    /** 400: a field has a value it may not have. */
    public static Problem badRequest(final String field, final String value, final String rule) {
        return new Problem(400, "bad-request", field, value, rule);
    }

    /** 404: there is none of this name. */
    public static Problem notFound(final String field, final String value) {
        return new Problem(404, "not-found", field, value, "there is none");
    }

    /** Another status. */
    public static Problem of(final int status, final String code, final String rule) {
        return new Problem(status, code, null, null, rule);
    }

    /** This one, answered with a header besides. */
    Problem with(final String name, final String text) {
        header = name;
        headerValue = text;
        return this;
    }

    /** What it is answered with. */
    public Answer answer() {
        final Map<String, String> error = new LinkedHashMap<>();
        error.put("code", code);
        if (field != null) {
            error.put("field", field);
        }
        if (value != null) {
            error.put("value", value);
        }
        error.put("rule", String.valueOf(getMessage()));
        final Answer answer = Answer.json(status, Map.of("error", error));
        return header.isEmpty() ? answer : answer.with(header, headerValue);
    }
}
