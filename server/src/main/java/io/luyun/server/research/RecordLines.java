package io.luyun.server.research;

import io.luyun.proto.v1.RecordKind;
import org.agrona.DirectBuffer;

/**
 * Writes records as lines of UTF-8, each with its line feed. One thread; does not allocate for records that are sent as usual.
 *
 * <pre>
 *   TEXT     17 2026-01-01T00:00:00.25Z BSM device=veh-1 number=4 {"msg_cnt":3,…}
 *   NDJSON   {"sequence":17,"time":"2026-01-01T00:00:00.250Z","kind":"BSM","device":"veh-1","number":4,"bootEpoch":1,"payload":{…}}
 *   CSV      sequence,time,kind,device,number,boot_epoch,payload
 * </pre>
 */
public final class RecordLines implements RecordPrinter {
    private static final String KIND_PREFIX = "RECORD_KIND_";
    private static final Word[] KINDS = kinds();
    private static final Word SEQUENCE = new Word("{\"sequence\":");
    private static final Word TIME = new Word(",\"time\":\"");
    private static final Word KIND = new Word("\",\"kind\":\"");
    private static final Word DEVICE = new Word(",\"device\":\"");
    private static final Word NUMBER = new Word(",\"number\":");
    private static final Word EPOCH = new Word(",\"bootEpoch\":");
    private static final Word PAYLOAD = new Word(",\"payload\":");
    private static final Word TEXT_DEVICE = new Word(" device=");
    private static final Word TEXT_NUMBER = new Word(" number=");
    private static final Word HEADER = new Word("sequence,time,kind,device,number,boot_epoch,payload\n");

    private static final int EMPTY_IN_QUOTES = 4;

    private final Form form;
    private final boolean hex;
    private final TimeText times = new TimeText();
    private final PayloadText payloads;

    /** What a line looks like. */
    public enum Form {
        /** For people. */
        TEXT,
        /** A JSON object. */
        NDJSON,
        /** Comma-separated as RFC 4180 has it, but with line feeds alone; the payload as JSON in quotes. */
        CSV
    }

    /**
     * Makes one.
     *
     * @param hex the payload's bytes as hexadecimal digits instead of what they say
     */
    public RecordLines(final Form form, final boolean hex) {
        this.form = form;
        this.hex = hex;
        payloads = new PayloadText(form == Form.CSV ? Quote.DOUBLED : Quote.PLAIN);
    }

    private static Word[] kinds() {
        int most = 0;
        for (final RecordKind kind : RecordKind.values()) {
            most = kind == RecordKind.UNRECOGNIZED ? most : Math.max(most, kind.getNumber());
        }
        final Word[] names = new Word[most + 1];
        for (int number = 0; number <= most; number++) {
            names[number] = new Word(kind(number));
        }
        return names;
    }

    /** The short name of a number of RecordKind: BSM, TICK; KIND_99 for one that is not known. */
    public static String kind(final int number) {
        final RecordKind kind = RecordKind.forNumber(number);
        return kind == null ? "KIND_" + number : kind.name().substring(KIND_PREFIX.length());
    }

    @Override
    public void header(final TextBytes out) {
        if (form == Form.CSV) {
            out.put(HEADER);
        }
    }

    @Override
    public void print(final TextBytes out, final Records record) {
        switch (form) {
            case TEXT -> text(out, record);
            case NDJSON -> json(out, record);
            case CSV -> csv(out, record);
        }
        out.put('\n');
    }

    private void text(final TextBytes out, final Records record) {
        out.number(record.sequence());
        out.put(' ');
        times.put(out, record.receivedAtNs());
        out.put(' ');
        name(out, record.kind());
        out.put(TEXT_DEVICE);
        final String device = record.deviceId();
        out.text(device.isEmpty() ? "-" : device);
        out.put(TEXT_NUMBER);
        out.number(record.number());
        if (record.payloadLength() > 0) {
            out.put(' ');
            payload(out, record);
        }
    }

    private void json(final TextBytes out, final Records record) {
        out.put(SEQUENCE);
        out.number(record.sequence());
        out.put(TIME);
        times.put(out, record.receivedAtNs());
        out.put(KIND);
        name(out, record.kind());
        out.put('"');
        final String device = record.deviceId();
        if (!device.isEmpty()) {
            out.put(DEVICE);
            out.escaped(device, Quote.PLAIN);
            out.put('"');
        }
        if (record.number() != 0) {
            out.put(NUMBER);
            out.number(record.number());
            out.put(EPOCH);
            out.number(record.bootEpoch());
        }
        if (record.payloadLength() > 0) {
            out.put(PAYLOAD);
            if (hex) {
                out.put('"');
            }
            payload(out, record);
            if (hex) {
                out.put('"');
            }
        }
        out.put('}');
    }

    private void csv(final TextBytes out, final Records record) {
        out.number(record.sequence());
        out.put(',');
        times.put(out, record.receivedAtNs());
        out.put(',');
        name(out, record.kind());
        out.put(',');
        cell(out, record.deviceId());
        out.put(',');
        if (record.number() != 0) {
            out.number(record.number());
        }
        out.put(',');
        if (record.number() != 0) {
            out.number(record.bootEpoch());
        }
        out.put(',');
        if (record.payloadLength() > 0 && hex) {
            payload(out, record);
        } else if (record.payloadLength() > 0) {
            final int before = out.length();
            out.put('"');
            payload(out, record);
            out.put('"');
            if (out.length() == before + EMPTY_IN_QUOTES) {
                // An object of no fields needs no quotes.
                out.shorten(before);
                out.text("{}");
            }
        }
    }

    private static void cell(final TextBytes out, final String value) {
        if (value.isEmpty() || value.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')) {
            out.text(value);
        } else {
            out.text('"' + value.replace("\"", "\"\"") + '"');
        }
    }

    private static void name(final TextBytes out, final int kind) {
        if (kind < KINDS.length) {
            out.put(KINDS[kind]);
        } else {
            out.text(kind(kind));
        }
    }

    private void payload(final TextBytes out, final Records record) {
        final DirectBuffer buffer = record.buffer();
        if (hex) {
            out.hex(buffer, record.payloadOffset(), record.payloadLength());
        } else {
            payloads.put(out, record.kind(), buffer, record.payloadOffset(), record.payloadLength());
        }
    }
}
