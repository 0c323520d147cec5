package io.luyun.server.exchange.table;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.io.api.Binary;

/** Writes values as Parquet has them, and keeps the least and the greatest. One object for many columns; one thread. */
final class ParquetValues {
    private static final int SLAB = 1 << 12;
    private static final int MOST_SLAB = 1 << 20;
    private static final HexFormat HEX = HexFormat.of();

    private final DeltaBinaryPackingValuesWriterForLong deltas =
            new DeltaBinaryPackingValuesWriterForLong(SLAB, MOST_SLAB, HeapByteBufferAllocator.getInstance());

    /** Writes the different values of a column, each once. */
    void dictionary(
            final Column column,
            final ColumnBuffer buffer,
            final Distinct distinct,
            final PageBytes out,
            final Statistics<?> statistics) {
        final int size = buffer.ofTexts() ? buffer.texts().size() : distinct.size();
        for (int i = 0; i < size; i++) {
            switch (column.form()) {
                case TEXT, HEX, NAME -> {
                    final byte[] text = text(column, buffer, distinct, i);
                    out.putInt(text.length);
                    out.put(text, 0, text.length);
                    statistics.updateStats(Binary.fromConstantByteArray(text));
                }
                case INTEGER, BOOLEAN -> out.putInt((int) distinct.value(i));
                case BIGINT, TIMESTAMP -> out.putLong(distinct.value(i));
                case DOUBLE ->
                    out.putLong(Double.doubleToRawLongBits(column.scale().of(distinct.value(i))));
            }
        }
        if (!column.text()) {
            long least = distinct.value(0);
            long greatest = least;
            for (int i = 1; i < size; i++) {
                least = Math.min(least, distinct.value(i));
                greatest = Math.max(greatest, distinct.value(i));
            }
            bounds(column, statistics, least, greatest);
        }
    }

    private static byte[] text(
            final Column column, final ColumnBuffer buffer, final Distinct distinct, final int number) {
        final Names names = column.names();
        if (names != null) {
            return names.of(distinct.value(number)).getBytes(StandardCharsets.UTF_8);
        }
        final Texts texts = buffer.texts();
        final int begin = texts.begin(number);
        final int end = texts.end(number);
        return column.form() == Column.Form.HEX
                ? HEX.formatHex(texts.bytes(), begin, end).getBytes(StandardCharsets.US_ASCII)
                : java.util.Arrays.copyOfRange(texts.bytes(), begin, end);
    }

    /** Writes the values themselves; answers how. */
    Encoding plain(final Column column, final ColumnBuffer buffer, final PageBytes out, final Statistics<?> statistics)
            throws IOException {
        final int size = buffer.size();
        if (size == 0) {
            return Encoding.PLAIN;
        }
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            least = Math.min(least, buffer.value(i));
            greatest = Math.max(greatest, buffer.value(i));
        }
        bounds(column, statistics, least, greatest);
        return switch (column.form()) {
            case INTEGER -> integers(buffer, out);
            case BIGINT, TIMESTAMP -> longs(buffer, out);
            case DOUBLE -> doubles(column.scale(), buffer, out);
            case BOOLEAN -> flags(buffer, out);
            case TEXT, HEX, NAME -> throw new IllegalStateException(column.name() + " has a dictionary");
        };
    }

    private static Encoding integers(final ColumnBuffer buffer, final PageBytes out) {
        for (int i = 0; i < buffer.size(); i++) {
            out.putInt((int) buffer.value(i));
        }
        return Encoding.PLAIN;
    }

    private Encoding longs(final ColumnBuffer buffer, final PageBytes out) throws IOException {
        for (int i = 0; i < buffer.size(); i++) {
            deltas.writeLong(buffer.value(i));
        }
        final byte[] bytes = deltas.getBytes().toByteArray();
        out.put(bytes, 0, bytes.length);
        deltas.reset();
        return Encoding.DELTA_BINARY_PACKED;
    }

    /** The first octets of all, then the second ones, and so on: those of neighbours are alike. */
    private static Encoding doubles(final SiScale scale, final ColumnBuffer buffer, final PageBytes out) {
        final int size = buffer.size();
        final int at = out.room(size * Double.BYTES);
        for (int i = 0; i < size; i++) {
            long bits = Double.doubleToRawLongBits(scale.of(buffer.value(i)));
            for (int octet = 0; octet < Double.BYTES; octet++) {
                out.setByte(at + octet * size + i, (int) bits);
                bits >>>= Byte.SIZE;
            }
        }
        return Encoding.BYTE_STREAM_SPLIT;
    }

    private static Encoding flags(final ColumnBuffer buffer, final PageBytes out) {
        for (int i = 0; i < buffer.size(); i += Byte.SIZE) {
            int octet = 0;
            for (int bit = 0; bit < Byte.SIZE && i + bit < buffer.size(); bit++) {
                octet |= (int) buffer.value(i + bit) << bit;
            }
            out.putByte(octet);
        }
        return Encoding.PLAIN;
    }

    private static void bounds(
            final Column column, final Statistics<?> statistics, final long least, final long greatest) {
        switch (column.form()) {
            case DOUBLE -> {
                statistics.updateStats(column.scale().of(least));
                statistics.updateStats(column.scale().of(greatest));
            }
            case INTEGER -> {
                statistics.updateStats((int) least);
                statistics.updateStats((int) greatest);
            }
            case BOOLEAN -> {
                statistics.updateStats(least != 0);
                statistics.updateStats(greatest != 0);
            }
            default -> {
                statistics.updateStats(least);
                statistics.updateStats(greatest);
            }
        }
    }
}
