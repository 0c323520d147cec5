package io.luyun.benchmarks.torture.rights;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.SlowPolicy;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Topic;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A device on the device port, which says one thing and waits for the answer. */
final class TcpAsker implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;
    private long last;

    private TcpAsker(final Socket socket) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Connects with what the context shows. */
    static TcpAsker connect(final SSLContext context, final int port) throws IOException {
        final SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new TcpAsker(socket);
    }

    /** Says who it is. */
    Answer hello(final String device, final Role role, final String token, final long bootEpoch) {
        final Hello.Builder hello = Hello.newBuilder()
                .setProtocol(1)
                .setDeviceId(device)
                .setRole(role)
                .setBootEpoch(bootEpoch)
                .setAckLevel(AckLevel.ACK_LEVEL_APPENDED);
        if (!token.isEmpty()) {
            hello.setToken(token);
        }
        try {
            send(DeviceFrame.newBuilder().setHello(hello).build());
            final ServerFrame answer = read();
            if (answer != null && answer.hasWelcome()) {
                last = answer.getWelcome().getLastNumber();
                return Answer.good();
            }
            return Answer.refused(answer == null ? "closed" : told(answer));
        } catch (final IOException e) {
            return Answer.refused("connection refused: " + e.getMessage());
        }
    }

    /** The last number the server has of this boot epoch, or that was used here. */
    long last() {
        return last;
    }

    /** Sends a message under the next number. */
    Answer send(final Message body) throws IOException {
        return send(body, last + 1);
    }

    /** Sends a message under a number that has been used; only a refusal is an answer to that. */
    Answer repeat(final Message body, final long number) throws IOException {
        return request(
                DeviceFrame.newBuilder().setMessage(message(body, number)).build());
    }

    private Answer send(final Message body, final long number) throws IOException {
        last = Math.max(last, number);
        send(DeviceFrame.newBuilder().setMessage(message(body, number)).build());
        while (true) {
            final ServerFrame answer = read();
            if (answer == null) {
                return Answer.refused("closed");
            }
            if (answer.hasError()) {
                // what is refused is acknowledged with what came before
                return Answer.refused(told(answer));
            }
            if (answer.hasAck() && answer.getAck().getUpTo() >= number) {
                return Answer.good();
            }
        }
    }

    /** A body as a message; without a number where that is 0. */
    static io.luyun.proto.v1.Message message(final Message body, final long number) {
        final io.luyun.proto.v1.Message.Builder message = io.luyun.proto.v1.Message.newBuilder();
        if (number > 0) {
            message.setNumber(number);
        }
        for (final FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                    && field.getMessageType().equals(body.getDescriptorForType())) {
                return message.setField(field, body).build();
            }
        }
        throw new IllegalArgumentException(
                "no message of a device: " + body.getDescriptorForType().getName());
    }

    /** Asks to watch the road. */
    Answer subscribe() throws IOException {
        return request(DeviceFrame.newBuilder()
                .setSubscribe(Subscribe.newBuilder()
                        .setSubscriptionId(1)
                        .addTopics(Topic.TOPIC_ALERTS)
                        .setSlowPolicy(SlowPolicy.SLOW_POLICY_DROP_OLDEST))
                .build());
    }

    /** Says it has seen an alert. */
    Answer acknowledge() throws IOException {
        return request(DeviceFrame.newBuilder()
                .setAlertAcknowledgement(AlertAcknowledgement.newBuilder().setAlertId(4711))
                .build());
    }

    /** Says hello once more. */
    Answer helloAgain(final String device, final Role role) throws IOException {
        return request(DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setDeviceId(device)
                        .setRole(role)
                        .setBootEpoch(1))
                .build());
    }

    /** A heartbeat behind a request that has no answer when it is good. */
    private Answer request(final DeviceFrame frame) throws IOException {
        send(frame);
        send(DeviceFrame.newBuilder()
                .setHeartbeat(io.luyun.proto.v1.Heartbeat.newBuilder().setDeviceTimeNs(1))
                .build());
        Answer answer = Answer.good();
        while (true) {
            final ServerFrame said = read();
            if (said == null) {
                return answer.taken() ? Answer.refused("closed") : answer;
            }
            if (said.hasError()) {
                answer = Answer.refused(told(said));
            } else if (said.hasHeartbeatReply()) {
                return answer;
            }
        }
    }

    /** Whether the server has ended this within so long; what it says before is let fall. */
    boolean ended(final int millis) {
        try {
            socket.setSoTimeout(Math.max(1, millis));
            boolean open;
            do {
                open = read() != null; // notices and acknowledgements
            } while (open);
            return true;
        } catch (final java.net.SocketTimeoutException e) {
            return false;
        } catch (final IOException e) {
            return true;
        }
    }

    private void send(final DeviceFrame frame) throws IOException {
        frame.writeDelimitedTo(socket.getOutputStream());
    }

    private @Nullable ServerFrame read() throws IOException {
        return ServerFrame.parseDelimitedFrom(in);
    }

    private static String told(final ServerFrame frame) {
        return frame.hasError()
                ? frame.getError().getCode().name() + " " + frame.getError().getField()
                : frame.toString().replace('\n', ' ');
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
