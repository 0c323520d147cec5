package io.luyun.server.exchange.table;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.codec.WireCursor;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Writes repeated fields as JSON: of messages objects with what would be the columns of their rows, in SI units. Straight from their
 * bytes as long as fields stand in the order of their numbers, as all encoders leave them; else protobuf-java puts them in order
 * first. One thread.
 */
final class JsonLists {
    private final TextOut out = new TextOut();
    private final WireCursor ordered = new WireCursor();

    /** Writes the elements that lie in these stretches of a message, all of one field. */
    TextOut list(final JsonPlan.Member member, final WireCursor in, final Spans spans) {
        out.cut(0);
        out.put('[');
        for (int i = 0; i < spans.size(); i++) {
            in.resume(spans.from(i), spans.to(i));
            values(member, in, spans.from(i), spans.to(i));
        }
        out.put(']');
        return out;
    }

    /** What lies in a stretch: one message or text, or one number or several. */
    private void values(final JsonPlan.Member member, final WireCursor in, final int from, final int to) {
        final JsonPlan plan = member.plan();
        if (plan != null) {
            separate();
            object(plan, in, from, to);
        } else if (member.form() == WireForm.BYTES) {
            separate();
            text(member.column(), in, from, to);
        } else {
            while (in.hasMore()) {
                separate();
                number(member.column(), member.form().number(in));
            }
        }
    }

    private void object(final JsonPlan plan, final WireCursor in, final int from, final int to) {
        final int begin = out.size();
        out.put('{');
        if (!members(plan, in)) {
            out.cut(begin);
            out.put('{');
            order(plan, in, from, to);
            members(plan, ordered);
        }
        out.put('}');
    }

    private void order(final JsonPlan plan, final WireCursor in, final int from, final int to) {
        final byte[] bytes = new byte[to - from];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = in.at(from + i);
        }
        try {
            final byte[] again = DynamicMessage.parseFrom(plan.type(), bytes).toByteArray();
            ordered.wrap(new UnsafeBuffer(again), 0, again.length);
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("no " + plan.type().getFullName(), e);
        }
    }

    /** Up to the limit; false when the fields do not stand in order. */
    private boolean members(final JsonPlan plan, final WireCursor in) {
        JsonPlan.Member before = null;
        int tag;
        while ((tag = in.tag()) != 0) {
            final JsonPlan.Member member = plan.of(tag);
            if (member == null) {
                in.skip(tag);
                continue;
            }
            final int last = before == null ? 0 : before.number();
            if (member.number() < last || (member.number() == last && !member.repeated())) {
                return false;
            }
            if (member.number() != last) {
                begin(before, member);
            }
            before = member;
            if (!member(member, tag, in)) {
                return false;
            }
        }
        if (before != null && before.repeated()) {
            out.put(']');
        }
        return true;
    }

    private void begin(final JsonPlan.@Nullable Member before, final JsonPlan.Member member) {
        if (before != null && before.repeated()) {
            out.put(']');
        }
        if (!member.key().isEmpty()) {
            separate();
            out.put(member.key());
        }
        if (member.repeated()) {
            out.put('[');
        }
    }

    private boolean member(final JsonPlan.Member member, final int tag, final WireCursor in) {
        final JsonPlan plan = member.plan();
        if (plan == null && member.form() != WireForm.BYTES && tag == member.tag()) {
            if (member.repeated()) {
                separate();
            }
            number(member.column(), member.form().number(in));
            return true;
        }
        final int outer = in.enter();
        final int from = in.position();
        final int to = in.limit();
        boolean inOrder = true;
        if (plan != null && !member.repeated()) {
            inOrder = members(plan, in);
        } else if (member.repeated()) {
            values(member, in, from, to);
        } else {
            text(member.column(), in, from, to);
        }
        in.resume(to, outer);
        return inOrder;
    }

    /** A comma, unless this is the first of an object or list, or the value of a key. */
    private void separate() {
        final byte last = out.last();
        if (last != '[' && last != '{' && last != ':') {
            out.put(',');
        }
    }

    private void number(final Column column, final long value) {
        final Names names = column.names();
        switch (column.form()) {
            case NAME -> {
                out.put('"');
                out.put(names == null ? Long.toString(value) : names.of(value));
                out.put('"');
            }
            case BOOLEAN -> out.put(value == 0 ? "false" : "true");
            case DOUBLE -> out.quantity(value, column.scale());
            case TIMESTAMP -> {
                out.put('"');
                out.instant(value);
                out.put('"');
            }
            default -> out.number(value);
        }
    }

    private void text(final Column column, final WireCursor in, final int from, final int to) {
        out.put('"');
        for (int i = from; i < to; i++) {
            final byte octet = in.at(i);
            if (column.form() == Column.Form.HEX) {
                out.hex(octet);
            } else if (octet == '"' || octet == '\\') {
                out.put('\\');
                out.put((char) octet);
            } else if (octet >= 0 && octet < ' ') {
                out.put("\\u00");
                out.hex(octet);
            } else {
                out.put((char) (octet & 0xFF));
            }
        }
        out.put('"');
    }
}
