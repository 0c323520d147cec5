package io.luyun.benchmarks.torture.simulation;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Bye;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Heartbeat;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Topic;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A device: numbers what it says, keeps it until it is told that it is safe, connects again and sends again what is not. Now and
 * then it sends something twice, leaves, boots, or has its clock jump.
 */
final class SimulatedDevice implements Wire.End {
    static final long SECOND_NS = 1_000_000_000L;

    private static final long PATIENCE_NS = 8 * SECOND_NS;
    private static final long SILENCE_NS = 12 * SECOND_NS;
    private static final long HEARTBEAT_NS = 4 * SECOND_NS;
    private static final long AWAY_NS = 3 * SECOND_NS;
    private static final long MISCHIEF_NS = 40 * SECOND_NS;
    private static final int MOST_WAITING = 200;

    private final int place;
    private final Role role;
    private final AckLevel level;
    private final long periodNs;
    private final SimulatedTime time;
    private final SplittableRandom random;
    private final Function<SimulatedDevice, Wire> network;
    private final EventLog log;
    private final DeviceLedger ledger;
    private final TreeMap<Long, byte[]> waiting = new TreeMap<>();
    private FrameStream stream = new FrameStream();
    private @Nullable Wire wire;
    private boolean open;
    private long epoch = 1;
    private long lastNumber;
    private long clockOffNs;
    private long connectNs;
    private long beganNs;
    private long heardNs;
    private long wroteNs;
    private long sayNs;
    private long mischiefNs;
    private long told;

    SimulatedDevice(
            final int place,
            final Role role,
            final SimulatedTime time,
            final SplittableRandom random,
            final Function<SimulatedDevice, Wire> network,
            final EventLog log) {
        this.place = place;
        this.role = role;
        this.time = time;
        this.random = random;
        this.network = network;
        this.log = log;
        final int kind = random.nextInt(10);
        level = kind < 7
                ? AckLevel.ACK_LEVEL_SYNCED
                : kind < 9 ? AckLevel.ACK_LEVEL_APPENDED : AckLevel.ACK_LEVEL_RECEIVED;
        periodNs = role == Role.ROLE_OPERATOR
                ? Long.MAX_VALUE
                : SECOND_NS / 10 * (1 + random.nextInt(random.nextBoolean() ? 10 : 60));
        ledger = new DeviceLedger(role.name().substring(5).toLowerCase(Locale.ROOT) + "-" + place, level);
        connectNs = random.nextLong(SECOND_NS);
        mischiefNs = random.nextLong(MISCHIEF_NS);
        log.add("%s: %s, every %.1f s", ledger.deviceId(), level, periodNs / 1e9);
    }

    DeviceLedger ledger() {
        return ledger;
    }

    /** How many alerts it was told of. */
    long told() {
        return told;
    }

    @Nullable
    Wire wire() {
        return wire;
    }

    /** Has its turn. */
    void turn() {
        final long now = time.ticksNs();
        if (now >= sayNs && role != Role.ROLE_OPERATOR) {
            sayNs = now + random.nextLong(2 * periodNs);
            for (int i = random.nextInt(12) == 0 ? random.nextInt(30) : 1; i > 0; i--) {
                say();
            }
        }
        if (now >= mischiefNs) {
            mischiefNs = now + random.nextLong(2 * MISCHIEF_NS);
            misbehave();
        }
        if (wire == null) {
            if (now >= connectNs) {
                connect();
            }
        } else if (now - beganNs > PATIENCE_NS && !open) {
            drop("no welcome");
        } else if (open && now - heardNs > SILENCE_NS) {
            drop("nothing heard");
        } else if (open && now - wroteNs > HEARTBEAT_NS) {
            write(DeviceFrame.newBuilder()
                    .setHeartbeat(Heartbeat.newBuilder().setDeviceTimeNs(deviceNs()))
                    .build());
        }
    }

    @Override
    public void onBytes(final byte[] bytes) {
        heardNs = time.ticksNs();
        stream.take(bytes, this::onFrame);
    }

    @Override
    public void onClosed() {
        away();
    }

    private void connect() {
        stream = new FrameStream();
        open = false;
        beganNs = time.ticksNs();
        heardNs = beganNs;
        wire = network.apply(this);
        write(DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setDeviceId(ledger.deviceId())
                        .setRole(role)
                        .setBootEpoch(epoch)
                        .setAckLevel(level))
                .build());
    }

    private void say() {
        if (waiting.size() >= MOST_WAITING) {
            return;
        }
        lastNumber += random.nextInt(200) == 0 ? 2 : 1;
        final Message said = role == Role.ROLE_OBU
                ? Messages.vehicle(place, deviceNs(), time.trueNs(), random)
                : Messages.unit(place, random);
        ledger.onNumbered(epoch, lastNumber, crc(body(said)));
        final byte[] frame = FrameStream.delimited(DeviceFrame.newBuilder()
                .setMessage(said.toBuilder().setNumber(lastNumber))
                .build());
        waiting.put(lastNumber, frame);
        if (open) {
            write(frame);
        }
    }

    private void misbehave() {
        switch (random.nextInt(6)) {
            case 0 -> {
                if (open && !waiting.isEmpty()) {
                    // sent twice, as a device does that has lost patience
                    waiting.values().forEach(this::write);
                }
            }
            case 1 -> clockOffNs = random.nextLong(-4 * SECOND_NS, 4 * SECOND_NS) * (random.nextInt(5) == 0 ? 20 : 1);
            case 2 -> {
                if (open) {
                    log.add("%s says goodbye", ledger.deviceId());
                    write(DeviceFrame.newBuilder()
                            .setBye(Bye.getDefaultInstance())
                            .build());
                }
            }
            case 3 -> {
                log.add("%s boots", ledger.deviceId());
                drop("boot");
                epoch++;
                lastNumber = 0;
                waiting.clear();
            }
            default -> clockOffNs = random.nextLong(SECOND_NS) - SECOND_NS / 2;
        }
    }

    private void onFrame(final ServerFrame frame) {
        switch (frame.getBodyCase()) {
            case WELCOME -> {
                final long last = frame.getWelcome().getLastNumber();
                log.add("%s is welcomed behind %d of epoch %d", ledger.deviceId(), last, epoch);
                ledger.onWelcome(epoch, last);
                waiting.headMap(last, true).clear();
                open = true;
                if (role == Role.ROLE_OPERATOR) {
                    write(DeviceFrame.newBuilder()
                            .setSubscribe(
                                    Subscribe.newBuilder().setSubscriptionId(1).addTopics(Topic.TOPIC_ALERTS))
                            .build());
                }
                waiting.values().forEach(this::write);
            }
            case ACK -> {
                final long upTo = frame.getAck().getUpTo();
                Violation.unless(
                        upTo <= lastNumber, "%s is acknowledged %d and sent %d", ledger.deviceId(), upTo, lastNumber);
                ledger.onAcknowledged(epoch, upTo);
                waiting.headMap(upTo, true).clear();
            }
            case ERROR -> onError(frame.getError());
            case ALERT -> told++;
            case NOTICE ->
                log.add("%s is told %s", ledger.deviceId(), frame.getNotice().getCode());
            default -> {
                // what the road is like is not looked at
            }
        }
    }

    private void onError(final Error error) {
        // what came a second time was taken the first time: it is still to be answered for
        if (error.getNumber() > 0
                && error.getCode() != ErrorCode.ERROR_CODE_NUMBER_BACKWARDS
                && waiting.remove(error.getNumber()) != null) {
            ledger.onRefused(epoch, error.getNumber());
        }
        if (error.getNumber() == 0 || error.getCode() != ErrorCode.ERROR_CODE_NUMBER_BACKWARDS) {
            log.add("%s is refused %d: %s %s", ledger.deviceId(), error.getNumber(), error.getCode(), error.getField());
        }
    }

    private void drop(final String why) {
        final Wire before = wire;
        if (before != null) {
            log.add("%s drops its connection: %s", ledger.deviceId(), why);
            before.leave();
        }
        away();
    }

    private void away() {
        wire = null;
        open = false;
        connectNs = time.ticksNs() + random.nextLong(AWAY_NS);
    }

    private void write(final DeviceFrame frame) {
        write(FrameStream.delimited(frame));
    }

    private void write(final byte[] frame) {
        final Wire connected = wire;
        if (connected != null) {
            wroteNs = time.ticksNs();
            connected.send(frame);
        }
    }

    private long deviceNs() {
        return time.trueNs() + clockOffNs;
    }

    private static byte[] body(final Message said) {
        return switch (said.getBodyCase()) {
            case BSM -> said.getBsm().toByteArray();
            case TEST -> said.getTest().toByteArray();
            case RSI -> said.getRsi().toByteArray();
            default -> throw new IllegalStateException("a device says " + said.getBodyCase());
        };
    }

    static int crc(final byte[] bytes) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
