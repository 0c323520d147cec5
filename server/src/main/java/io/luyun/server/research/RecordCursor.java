package io.luyun.server.research;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalReader;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Goes through the records that are wanted, and knows whose they are. One thread; closed by whoever opened it. Allocates for records
 * that open sessions and for payloads that are asked for alone.
 *
 * <p>Whose a record is is known from the sessions that had been opened when the cursor was, and from those in what is read; a device
 * whose session was lost with a damaged range is {@code #} and its number.
 */
public final class RecordCursor implements Records {
    private final JournalReader reader;
    private final Selection selection;
    private final ContentFilter content;
    private final boolean anyDevice;
    private final boolean anyKind;
    private final BitSet kinds = new BitSet();
    private final List<String> ids;
    private final BitSet wanted = new BitSet();
    private final BitSet looked = new BitSet();
    private boolean over;

    private RecordCursor(
            final JournalReader reader,
            final Selection selection,
            final ContentFilter content,
            final List<String> ids) {
        this.reader = reader;
        this.selection = selection;
        this.content = content;
        this.ids = new ArrayList<>(ids);
        anyDevice = selection.devices().isEmpty() && selection.content().units().isEmpty();
        anyKind = selection.kinds().isEmpty();
        selection.kinds().forEach(kinds::set);
    }

    /**
     * Opens one before the first record that may be wanted. What alerts were caused by stands in the other journal: of a journal
     * alone, a selection of alerts has nothing but alerts; {@link Recording} has both.
     *
     * @throws io.luyun.server.journal.JournalException when the files cannot be read
     */
    public static RecordCursor open(final JournalArchive archive, final Selection selection) {
        return open(archive, selection, new ContentFilter(selection, new SequenceSet()));
    }

    static RecordCursor open(final JournalArchive archive, final Selection selection, final ContentFilter content) {
        final List<String> ids = archive.deviceIds();
        final JournalReader reader =
                byTime(selection) ? archive.readerAt(selection.fromNs()) : archive.reader(selection.firstSequence());
        return new RecordCursor(reader, selection, content, ids);
    }

    /** The same, but it goes on as the journal is written: {@link #next} says false when there is nothing yet. */
    static RecordCursor follow(final JournalArchive archive, final Selection selection, final ContentFilter content) {
        final List<String> ids = archive.deviceIds();
        final JournalReader reader =
                byTime(selection) ? archive.followAt(selection.fromNs()) : archive.follow(selection.firstSequence());
        return new RecordCursor(reader, selection, content, ids);
    }

    private static boolean byTime(final Selection selection) {
        return selection.fromNs() > 0 && selection.firstSequence() <= 1;
    }

    /** {@inheritDoc} It is one that is wanted. */
    @Override
    public boolean next() {
        while (!over && reader.next()) {
            if (reader.kind() == RecordKind.RECORD_KIND_SESSION_OPENED_VALUE) {
                learn();
            }
            if (reader.sequence() > selection.lastSequence() || reader.receivedAtNs() >= selection.untilNs()) {
                over = true;
                return false;
            }
            content.pass(this);
            if (reader.receivedAtNs() >= selection.fromNs()
                    && (anyKind || kinds.get(reader.kind()))
                    && (anyDevice || isAlert() || wantsDevice(reader.deviceIndex()))
                    && content.wants(this)) {
                return true;
            }
            content.passOver(this);
        }
        return false;
    }

    /** Alerts are of those whom they name. */
    private boolean isAlert() {
        return reader.kind() == RecordKind.RECORD_KIND_ALERT_VALUE;
    }

    private void learn() {
        final int device = reader.deviceIndex();
        try {
            final String id = SessionOpened.parseFrom(payload()).getDeviceId();
            while (ids.size() <= device) {
                ids.add("#" + ids.size());
            }
            if (device >= 0 && !id.equals(ids.get(device))) {
                ids.set(device, id);
                looked.clear(device);
            }
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("record " + reader.sequence() + " is not what its checksum says", e);
        }
    }

    private boolean wantsDevice(final int device) {
        if (device < 0) {
            return false;
        }
        if (!looked.get(device)) {
            looked.set(device);
            wanted.set(device, selection.wantsDevice(idOf(device)));
        }
        return wanted.get(device);
    }

    private String idOf(final int device) {
        return device < ids.size() ? ids.get(device) : "#" + device;
    }

    /** The record it stands at. */
    public JournalReader record() {
        return reader;
    }

    @Override
    public long sequence() {
        return reader.sequence();
    }

    @Override
    public long receivedAtNs() {
        return reader.receivedAtNs();
    }

    @Override
    public int kind() {
        return reader.kind();
    }

    @Override
    public String deviceId() {
        return reader.deviceIndex() < 0 ? "" : idOf(reader.deviceIndex());
    }

    @Override
    public long number() {
        return reader.number();
    }

    @Override
    public long bootEpoch() {
        return reader.bootEpoch();
    }

    @Override
    public DirectBuffer buffer() {
        return reader.buffer();
    }

    @Override
    public int payloadOffset() {
        return reader.payloadOffset();
    }

    @Override
    public int payloadLength() {
        return reader.payloadLength();
    }

    @Override
    public boolean message() {
        return reader.kind() < CONTROL_KINDS && reader.deviceIndex() >= 0;
    }

    @Override
    public JournalReader stored() {
        return reader;
    }

    @Override
    public boolean over() {
        return over;
    }

    @Override
    public List<Damage> damage() {
        return reader.damage();
    }

    @Override
    public void close() {
        reader.close();
    }
}
