package io.luyun.server.exchange.table;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Writes columns of rows as chunks of one page each: {@link #take} the integers, then {@link #write} each column that is made of them.
 * A column of few different values has a dictionary; columns of one field then share the page of numbers into it and differ in the
 * dictionary alone. One object for many columns; one thread; closed by whoever opened it.
 *
 * <pre>
 *   data page   length of levels (4)   levels: a bit a row that says whether a value is there
 *               bits of a number (1)   the numbers, in runs and packed          or the values themselves
 * </pre>
 */
final class ParquetChunks implements AutoCloseable {
    static final CompressionCodecName CODEC = CompressionCodecName.ZSTD;

    private static final int LEVEL = 1;
    private static final int SLAB = 1 << 12;
    private static final int MOST_SLAB = 1 << 20;

    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL);
    private final Distinct distinct = new Distinct();
    private final ParquetValues values = new ParquetValues();
    private final PageBytes page = new PageBytes();
    private final PageBytes dictionary = new PageBytes();
    private byte[] packed = new byte[1 << 16];
    private byte[] packedDictionary = new byte[1 << 12];
    private int packedSize;
    private int levelsSize;
    private boolean numbered;
    private ColumnBuffer buffer = new ColumnBuffer(TableSchema.Kept.NARROW);
    private int rows;

    /**
     * Takes the integers of a column, or of several.
     *
     * @param flags they are 0 or 1, and need no numbers
     */
    void take(final ColumnBuffer integers, final int rowCount, final boolean flags) throws IOException {
        buffer = integers;
        rows = rowCount;
        page.cut(0);
        putLevels();
        levelsSize = page.size();
        numbered = !flags && buffer.size() > 0 && (buffer.ofTexts() || distinct.of(buffer));
        if (numbered) {
            putNumbers();
            pack();
        }
    }

    /** One run when all are there or none is, else the bits as they are. */
    private void putLevels() {
        final int at = page.room(Integer.BYTES);
        if (buffer.size() == rows || buffer.size() == 0) {
            page.putVarint(rows << 1);
            page.putByte(buffer.size() == 0 ? 0 : 1);
        } else {
            final int octets = (rows + Byte.SIZE - 1) / Byte.SIZE;
            page.putVarint(octets << 1 | 1);
            final int words = (octets + Long.BYTES - 1) / Long.BYTES;
            final int bits = page.room(words * Long.BYTES);
            for (int word = 0; word < words; word++) {
                page.setLong(bits + word * Long.BYTES, buffer.presentWord(word));
            }
            page.cut(bits + octets);
        }
        page.setInt(at, page.size() - at - Integer.BYTES);
    }

    private void putNumbers() throws IOException {
        final boolean texts = buffer.ofTexts();
        final int size = texts ? buffer.texts().size() : distinct.size();
        final int bits = Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
        page.putByte(bits);
        if (bits == 0) {
            page.putVarint(buffer.size() << 1);
            return;
        }
        try (RunLengthBitPackingHybridEncoder runs =
                new RunLengthBitPackingHybridEncoder(bits, SLAB, MOST_SLAB, HeapByteBufferAllocator.getInstance())) {
            for (int i = 0; i < buffer.size(); i++) {
                runs.writeInt(texts ? (int) buffer.value(i) : distinct.index(i));
            }
            final byte[] bytes = runs.toBytes().toByteArray();
            page.put(bytes, 0, bytes.length);
        }
    }

    private void pack() {
        packed = room(packed, page.size());
        packedSize = zstd.compressByteArray(packed, 0, packed.length, page.array(), 0, page.size());
    }

    private static byte[] room(final byte[] array, final int size) {
        final int most = (int) Zstd.compressBound(size);
        return array.length >= most ? array : new byte[Math.max(most, 2 * array.length)];
    }

    /** Writes one column of those integers. */
    void write(final ParquetFileWriter out, final Column column, final ColumnDescriptor descriptor) throws IOException {
        final Statistics<?> statistics = Statistics.createStats(descriptor.getPrimitiveType());
        statistics.incrementNumNulls(rows - buffer.size());
        out.startColumn(descriptor, rows, CODEC);
        final Encoding encoding;
        if (numbered) {
            writeDictionary(out, column, statistics);
            encoding = Encoding.RLE_DICTIONARY;
        } else {
            page.cut(levelsSize);
            encoding = values.plain(column, buffer, page, statistics);
            pack();
        }
        out.writeDataPage(
                rows,
                page.size(),
                BytesInput.from(packed, 0, packedSize),
                statistics,
                rows,
                Encoding.RLE,
                Encoding.RLE,
                encoding);
        out.endColumn();
    }

    private void writeDictionary(final ParquetFileWriter out, final Column column, final Statistics<?> statistics)
            throws IOException {
        dictionary.cut(0);
        values.dictionary(column, buffer, distinct, dictionary, statistics);
        packedDictionary = room(packedDictionary, dictionary.size());
        final int size = zstd.compressByteArray(
                packedDictionary, 0, packedDictionary.length, dictionary.array(), 0, dictionary.size());
        out.writeDictionaryPage(new DictionaryPage(
                BytesInput.from(packedDictionary, 0, size),
                dictionary.size(),
                buffer.ofTexts() ? buffer.texts().size() : distinct.size(),
                Encoding.PLAIN));
    }

    @Override
    public void close() {
        zstd.close();
    }
}
