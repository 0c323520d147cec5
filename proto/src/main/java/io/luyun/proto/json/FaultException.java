package io.luyun.proto.json;

import io.luyun.proto.v1.ErrorCode;

/** Ends the mapping of a text that cannot be used; does not leave this package. */
final class FaultException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Mapped.Fault fault;

    FaultException(ErrorCode code, String field, String value, String rule, boolean swapped) {
        super(field, null, false, false);
        fault = new Mapped.Fault(code, field, value, rule, swapped);
    }

    FaultException(ErrorCode code, String field, String value, String rule) {
        this(code, field, value, rule, false);
    }

    Mapped.Fault fault() {
        return fault;
    }
}
