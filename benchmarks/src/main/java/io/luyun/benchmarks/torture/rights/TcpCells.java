package io.luyun.benchmarks.torture.rights;

import com.google.protobuf.Message;
import io.luyun.proto.v1.Role;
import java.io.IOException;
import java.util.List;

/** Everything on the device port. */
final class TcpCells {
    private final ServerUnderTest under;
    private final List<Entry> entries;
    private final Samples samples;
    private final Taken taken;
    private final Cells cells;
    private final Breadth breadth;
    private long bootEpoch;
    private int replays;

    TcpCells(
            final ServerUnderTest under,
            final List<Entry> entries,
            final Samples samples,
            final Taken taken,
            final Cells cells,
            final Breadth breadth) {
        this.under = under;
        this.entries = entries;
        this.samples = samples;
        this.taken = taken;
        this.cells = cells;
        this.breadth = breadth;
    }

    void ask() throws IOException, InterruptedException {
        for (final Entry entry : entries) {
            proofs(entry);
            acts(entry);
        }
        final Entry nobody = entries.getFirst();
        try (TcpAsker asker = connect(nobody.device(), Proof.of(nobody))) {
            cells.add("tcp, somebody not in the registry", false, asker.hello("nobody", Role.ROLE_OBU, "", 1));
        }
        final long duplicates = under.count("journal_duplicates");
        cells.check("replays", duplicates >= replays, duplicates + " of " + replays + " are counted as duplicates");
    }

    private void proofs(final Entry entry) throws IOException {
        for (final Proof proof : breadth.proofs()) {
            try (TcpAsker asker = connect(entry.device(), proof)) {
                final String token = Keyring.token(entry.device(), proof.token());
                final Answer answer = asker.hello(entry.device(), entry.role(), token, ++bootEpoch);
                cells.add("tcp " + entry.device() + ", " + proof, Oracle.proves(entry, proof), answer);
            }
        }
        for (final Role role : List.of(Role.ROLE_OBU, Role.ROLE_RSU, Role.ROLE_OPERATOR, Role.ROLE_OBSERVER)) {
            try (TcpAsker asker = connect(entry.device(), Proof.of(entry))) {
                final Answer answer = asker.hello(entry.device(), role, token(entry), ++bootEpoch);
                cells.add("tcp " + entry.device() + " as " + role, role == entry.role(), answer);
            }
        }
        for (final Entry other : entries) {
            if (!other.equals(entry)) {
                try (TcpAsker asker = connect(entry.device(), Proof.of(entry))) {
                    final Answer answer = asker.hello(other.device(), other.role(), token(entry), ++bootEpoch);
                    cells.add("tcp " + entry.device() + " as " + other.device(), false, answer);
                }
            }
        }
    }

    private void acts(final Entry entry) throws IOException {
        final String who = "tcp " + entry.device() + " ";
        final long epoch = ++bootEpoch;
        Message first = null;
        try (TcpAsker asker = connect(entry.device(), Proof.of(entry))) {
            asker.hello(entry.device(), entry.role(), token(entry), epoch);
            for (final String kind : breadth.kinds(samples.kinds())) {
                for (int i = 0; i < 4; i++) {
                    final boolean inside = (i & 1) == 0;
                    final boolean ownId = (i & 2) == 0;
                    final Message body = samples.of(kind, inside, ownId);
                    final Answer answer = asker.send(body);
                    cells.add(
                            who + kind + (inside ? " inside" : " outside") + (ownId ? ", own id" : ", foreign id"),
                            Oracle.sends(entry, kind, inside, ownId),
                            answer);
                    if (answer.taken()) {
                        taken.add(entry.device(), body);
                        first = first == null ? body : first;
                    }
                }
            }
            if (first != null) {
                cells.add(who + "a number again", false, asker.repeat(first, asker.last()));
            }
            cells.add(who + "subscribes", Oracle.watches(entry), asker.subscribe());
            cells.add(who + "acknowledges an alert", Oracle.acknowledges(entry), asker.acknowledge());
            cells.add(who + "says hello again", false, asker.helloAgain(entry.device(), entry.role()));
        }
        if (first != null) {
            replay(entry, epoch, first);
        }
    }

    /** The same frame on a new connection is no fault of the device: it is told once more that it is safe, and that is all. */
    private void replay(final Entry entry, final long epoch, final Message first) throws IOException {
        try (TcpAsker asker = connect(entry.device(), Proof.of(entry))) {
            asker.hello(entry.device(), entry.role(), token(entry), epoch);
            cells.add("tcp " + entry.device() + " replays", true, asker.repeat(first, 1));
            replays++;
        }
    }

    private TcpAsker connect(final String device, final Proof proof) throws IOException {
        return TcpAsker.connect(
                under.keyring().context(device, proof.certificate()),
                under.server().devicePort());
    }

    private static String token(final Entry entry) {
        return Keyring.token(entry.device(), Proof.of(entry).token());
    }
}
