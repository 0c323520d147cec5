package io.luyun.simulator.scenario;

import io.luyun.proto.v1.Ack;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Welcome;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server for tests of the client: one thread a connection, everything in memory, answers at once. */
public final class TinyServer implements AutoCloseable {
    private final ServerSocket listener;
    private final Map<String, NavigableMap<Long, Message>> journal = new ConcurrentHashMap<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final Function<Message, @Nullable Error> judge;
    private final List<ServerFrame> greetings = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger duplicates = new AtomicInteger();
    private volatile int breakAfter;
    private volatile boolean mute;
    private volatile String unavailableTo = "";

    /** A server that refuses what the judge has an error for. */
    public TinyServer(final Function<Message, @Nullable Error> judge) throws IOException {
        this.judge = judge;
        listener = new ServerSocket(0, 4096, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** A server that takes everything. */
    public TinyServer() throws IOException {
        this(_ -> null);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Messages taken, by device and number. */
    public Map<String, NavigableMap<Long, Message>> journal() {
        return journal;
    }

    public long journaled() {
        return journal.values().stream().mapToLong(NavigableMap::size).sum();
    }

    public int connections() {
        return connections.get();
    }

    /** Messages that came again although they are in the journal. */
    public int duplicates() {
        return duplicates.get();
    }

    public List<Throwable> failures() {
        return failures;
    }

    /** Every connection breaks, without a word, after so many messages; 0 ends that. */
    public void breakAfter(final int messages) {
        breakAfter = messages;
    }

    /** From now on messages are taken and not acknowledged. */
    public void mute(final boolean on) {
        mute = on;
    }

    /** This device is to come again later, always. */
    public void unavailableTo(final String device) {
        unavailableTo = device;
    }

    /** Sent to every device right after its Welcome. */
    public void greet(final ServerFrame frame) {
        greetings.add(frame);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (final Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                final Socket socket = listener.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (final IOException e) {
            if (!listener.isClosed()) {
                failures.add(e);
            }
        }
    }

    private void serve(final Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            final InputStream in = new BufferedInputStream(socket.getInputStream());
            final OutputStream out = new BufferedOutputStream(socket.getOutputStream());
            final DeviceFrame hello = DeviceFrame.parseDelimitedFrom(in);
            if (hello == null) {
                return;
            }
            if (hello.getHello().getDeviceId().equals(unavailableTo)) {
                send(
                        out,
                        ServerFrame.newBuilder()
                                .setError(Error.newBuilder()
                                        .setCode(ErrorCode.ERROR_CODE_LIMIT)
                                        .setCloses(true)));
                out.flush();
                return;
            }
            final NavigableMap<Long, Message> messages =
                    journal.computeIfAbsent(hello.getHello().getDeviceId(), _ -> new TreeMap<>());
            synchronized (messages) {
                converse(in, out, messages);
            }
        } catch (final IOException | UncheckedIOException e) {
            if (!listener.isClosed() && !"Connection reset".equals(e.getMessage())) {
                failures.add(e);
            }
        }
    }

    private void converse(final InputStream in, final OutputStream out, final NavigableMap<Long, Message> messages)
            throws IOException {
        send(
                out,
                ServerFrame.newBuilder()
                        .setWelcome(Welcome.newBuilder()
                                .setSessionId(connections.get())
                                .setLastNumber(messages.isEmpty() ? 0 : messages.lastKey())
                                .setIdleTimeoutMs(30_000)));
        for (final ServerFrame greeting : greetings) {
            send(out, greeting.toBuilder());
        }
        out.flush();
        int taken = 0;
        for (DeviceFrame frame = DeviceFrame.parseDelimitedFrom(in);
                frame != null && !frame.hasBye();
                frame = DeviceFrame.parseDelimitedFrom(in)) {
            if (frame.hasMessage()) {
                take(out, frame.getMessage(), messages);
                if (breakAfter > 0 && ++taken >= breakAfter) {
                    return;
                }
            }
            if (in.available() == 0) {
                out.flush();
            }
        }
        out.flush();
    }

    private void take(final OutputStream out, final Message message, final NavigableMap<Long, Message> messages)
            throws IOException {
        final Error error = judge.apply(message);
        if (error != null) {
            send(out, ServerFrame.newBuilder().setError(error.toBuilder().setNumber(message.getNumber())));
        } else if (messages.put(message.getNumber(), message) != null) {
            duplicates.incrementAndGet();
        }
        if (!mute) {
            send(out, ServerFrame.newBuilder().setAck(Ack.newBuilder().setUpTo(message.getNumber())));
        }
    }

    private static void send(final OutputStream out, final ServerFrame.Builder frame) throws IOException {
        frame.build().writeDelimitedTo(out);
    }
}
