package io.luyun.server.privacy;

import io.luyun.server.journal.Damage;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A row of records of which only that is told which a policy lets out. Payloads without anything to change are handed on where they
 * lie. One thread; closes the row behind it.
 */
public final class PrivateRecords implements Records {
    private final Records records;
    private final Ids ids;
    private final PayloadRewriter rewriter;
    private final Coarsening coarsening;
    private byte[] bytes = new byte[4_096];
    private final UnsafeBuffer rewritten = new UnsafeBuffer(bytes);
    private DirectBuffer buffer = rewritten;
    private int offset;
    private int length;
    private long receivedAtNs;
    private long leftOut;

    private PrivateRecords(final PrivacyPolicy policy, final Function<Consumer<Records>, Records> opening) {
        ids = new Ids(policy);
        rewriter = new PayloadRewriter(policy, ids);
        records = opening.apply(rewriter::pass);
        coarsening = policy.coarsening() == null ? new Coarsening(1, 0) : policy.coarsening();
    }

    /** Those of a row that a policy lets out, as it lets them out. */
    public static PrivateRecords of(final Records records, final PrivacyPolicy policy) {
        return new PrivateRecords(policy, _ -> records);
    }

    /**
     * Those chosen of a recording that a policy lets out. Where road users are is learnt from all of its records, chosen or not, from
     * the first one on that may be chosen.
     */
    public static PrivateRecords of(final Recording recording, final Selection selection, final PrivacyPolicy policy) {
        return new PrivateRecords(
                policy,
                passedOver -> policy.redacted() == null
                        ? recording.records(selection)
                        : recording.records(selection, passedOver));
    }

    @Override
    public boolean next() {
        while (records.next()) {
            receivedAtNs = coarsening.time(records.receivedAtNs());
            buffer = records.buffer();
            offset = records.payloadOffset();
            length = records.payloadLength();
            if (rewriter.keeps(records.kind(), buffer, offset, length, receivedAtNs)) {
                if (!rewriter.edits().none()) {
                    rewrite();
                }
                return true;
            }
            leftOut++;
        }
        return false;
    }

    private void rewrite() {
        final int wanted = rewriter.edits().lengthOf(length);
        if (wanted > bytes.length) {
            bytes = new byte[Math.max(2 * bytes.length, wanted)];
            rewritten.wrap(bytes);
        }
        length = rewriter.edits().apply(buffer, offset, length, bytes);
        buffer = rewritten;
        offset = 0;
    }

    /** How many records of the row behind it were left out altogether. */
    public long leftOut() {
        return leftOut;
    }

    @Override
    public long sequence() {
        return records.sequence();
    }

    @Override
    public long receivedAtNs() {
        return receivedAtNs;
    }

    @Override
    public int kind() {
        return records.kind();
    }

    @Override
    public String deviceId() {
        return ids.device(records.deviceId());
    }

    @Override
    public long number() {
        return records.number();
    }

    @Override
    public long bootEpoch() {
        return ids.number(Treatment.EPOCH, records.bootEpoch());
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int payloadOffset() {
        return offset;
    }

    @Override
    public int payloadLength() {
        return length;
    }

    @Override
    public boolean message() {
        return records.message();
    }

    @Override
    public List<Damage> damage() {
        return records.damage();
    }

    @Override
    public void close() {
        records.close();
    }
}
