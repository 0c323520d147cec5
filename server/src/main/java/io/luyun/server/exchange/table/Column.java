package io.luyun.server.exchange.table;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table. Columns of one field share the integers they are made of: speed_mps and speed_raw.
 *
 * @param buffer which of the integers
 * @param form what they stand for
 * @param scale to SI, for {@link Form#DOUBLE}
 * @param names what they are called, for {@link Form#NAME}
 * @param field where the value stands in its record, for people: {@code participants.pos.lat}
 * @param unit what one is, for people; empty for none
 * @param standard name of the data element in the C-V2X message sets; empty where it has none
 */
public record Column(
        String name,
        int buffer,
        Form form,
        SiScale scale,
        @Nullable Names names,
        String field,
        String unit,
        String standard) {
    /** What the integers of a column stand for. */
    public enum Form {
        /** Integers of 32 bits. */
        INTEGER("INTEGER"),
        /** Integers of 64 bits. */
        BIGINT("BIGINT"),
        /** Steps of a quantity. */
        DOUBLE("DOUBLE"),
        /** 1 for true. */
        BOOLEAN("BOOLEAN"),
        /** Nanoseconds since 1970, UTC. */
        TIMESTAMP("TIMESTAMP_NS"),
        /** Numbers of an enum. */
        NAME("VARCHAR"),
        /** Numbers of texts. */
        TEXT("VARCHAR"),
        /** Numbers of octets that are shown in hexadecimal. */
        HEX("VARCHAR");

        private final String sqlType;

        Form(final String sqlType) {
            this.sqlType = sqlType;
        }
    }

    /** Its type as DuckDB calls it. */
    public String sqlType() {
        return form.sqlType;
    }

    boolean text() {
        return form == Form.NAME || form == Form.TEXT || form == Form.HEX;
    }
}
