package io.luyun.benchmarks.torture.rights;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sessions that live when their right goes: each must end soon, and those that keep theirs must not. */
final class Revocations {
    private static final int LONGEST_MILLIS = 5_000;

    private final ServerUnderTest under;
    private final List<Entry> entries;
    private final Cells cells;
    private long slowestMillis;
    private long bootEpoch = 1_000_000;

    /** Takes a right away. */
    private interface Deed {
        void run() throws IOException, GeneralSecurityException;
    }

    Revocations(final ServerUnderTest under, final List<Entry> entries, final Cells cells) {
        this.under = under;
        this.entries = entries;
        this.cells = cells;
    }

    /** Asks, and answers with the longest life of a session without its right. */
    long ask() throws IOException, GeneralSecurityException, InterruptedException {
        // who keeps its right, over both
        try (TcpAsker keeper = tcp("van-7");
                MqttAsker mqttKeeper = mqtt("rsu-2")) {
            device("obu-1", "a certificate on the list", () -> under.keyring().revoke("obu-1"));
            device("obu-3", "a line taken out", () -> under.register(without("obu-3")));
            device("rsu-1", "another token", () -> under.register(changed("rsu-1")));
            person();
            cells.add("tcp van-7 keeps its right", true, ended(keeper.ended(1)));
            cells.add("mqtt rsu-2 keeps its right", true, ended(mqttKeeper.ended(1)));
        }
        return slowestMillis;
    }

    private void device(final String device, final String what, final Deed deed)
            throws IOException, GeneralSecurityException {
        // one session a device: the second would end the first
        try (TcpAsker asker = tcp(device)) {
            final long startNs = System.nanoTime();
            deed.run();
            told("tcp " + device + " with " + what, asker.ended(2 * LONGEST_MILLIS), startNs);
        }
        under.register(entries);
        try (TcpAsker asker = connect(device)) {
            final boolean revoked = device.equals("obu-1");
            awaitRegistered(asker, device, !revoked);
        }
        if (device.equals("obu-1")) {
            return;
        }
        try (MqttAsker asker = mqtt(device)) {
            final long startNs = System.nanoTime();
            deed.run();
            told("mqtt " + device + " with " + what, asker.ended(2 * LONGEST_MILLIS), startNs);
        }
        try (TcpAsker asker = connect(device)) {
            cells.add(
                    "tcp " + device + " after " + what,
                    false,
                    asker.hello(device, entry(device).role(), token(device), ++bootEpoch));
        }
    }

    /** The registry is read anew within its time; then the device is known again. */
    private void awaitRegistered(final TcpAsker first, final String device, final boolean expected) throws IOException {
        Answer answer = first.hello(device, entry(device).role(), token(device), ++bootEpoch);
        final long startNs = System.nanoTime();
        while (answer.taken() != expected
                && System.nanoTime() - startNs < TimeUnit.MILLISECONDS.toNanos(LONGEST_MILLIS)) {
            try (TcpAsker again = connect(device)) {
                answer = again.hello(device, entry(device).role(), token(device), ++bootEpoch);
            }
        }
        cells.add("tcp " + device + " when the registry is as it was", expected, answer);
    }

    private void person() throws IOException, InterruptedException {
        final CompletableFuture<Integer> closed = new CompletableFuture<>();
        final HttpClient client = HttpClient.newHttpClient();
        try {
            final WebSocket socket = HttpCells.open(client, under, "read", new WebSocket.Listener() {
                @Override
                public @Nullable CompletionStage<?> onClose(final WebSocket from, final int status, final String why) {
                    closed.complete(status);
                    return null;
                }
            });
            cells.check("http websocket", socket != null, "is not to be had");
            final long startNs = System.nanoTime();
            under.admit(List.of("operate", "admin"));
            told("http websocket with a token taken out", awaited(closed), startNs);
        } finally {
            client.shutdownNow();
        }
    }

    private static boolean awaited(final CompletableFuture<Integer> closed) throws InterruptedException {
        try {
            closed.get(2L * LONGEST_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (final TimeoutException e) {
            return false;
        } catch (final ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void told(final String name, final boolean ended, final long startNs) {
        final long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
        slowestMillis = Math.max(slowestMillis, millis);
        cells.add(name, false, ended(ended));
        cells.check(name, millis <= LONGEST_MILLIS, "ended after " + millis + " ms");
    }

    private static Answer ended(final boolean ended) {
        return ended ? Answer.refused("ended") : new Answer(true, "it goes on");
    }

    private List<Entry> without(final String device) {
        return entries.stream()
                .filter(Predicate.not(entry -> entry.device().equals(device)))
                .toList();
    }

    /** The device has to prove itself otherwise. */
    private List<Entry> changed(final String device) {
        return entries.stream()
                .map(entry -> entry.device().equals(device) ? entry.withAnotherToken() : entry)
                .toList();
    }

    private TcpAsker tcp(final String device) throws IOException {
        final TcpAsker asker = connect(device);
        final Answer answer = asker.hello(device, entry(device).role(), token(device), ++bootEpoch);
        cells.add("tcp " + device + " before", true, answer);
        return asker;
    }

    private MqttAsker mqtt(final String device) throws IOException {
        final MqttAsker asker = MqttAsker.connect(
                under.keyring().context(device, Proof.of(entry(device)).certificate()),
                under.server().mqttPort());
        cells.add("mqtt " + device + " before", true, asker.hello(device, token(device)));
        return asker;
    }

    private TcpAsker connect(final String device) throws IOException {
        return TcpAsker.connect(
                under.keyring().context(device, Proof.of(entry(device)).certificate()),
                under.server().devicePort());
    }

    private String token(final String device) {
        return Keyring.token(device, Proof.of(entry(device)).token());
    }

    private Entry entry(final String device) {
        return entries.stream()
                .filter(entry -> entry.device().equals(device))
                .findFirst()
                .orElseThrow();
    }
}
