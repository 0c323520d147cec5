package io.luyun.benchmarks.peers;

import io.luyun.benchmarks.rig.Wires;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka by its own client: one producer for all vehicles, since that is how the client is meant to be used, to the topic {@code bsm}, or
 * to {@code alert} what concerns somebody; and one consumer of {@code alert}. Producer and consumer have threads of their own, which take
 * the time and tell the event loop.
 */
final class KafkaClient implements Client {
    private static final TopicPartition ALERTS = new TopicPartition("alert", 0);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Wires wires;
    private final String bootstrap;
    private final Reports reports;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private @Nullable Account account;
    private @Nullable Thread poller;

    KafkaClient(final int port, final Reports reports) {
        wires = new Wires(port);
        bootstrap = "127.0.0.1:" + port;
        this.reports = reports;
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 0, "max.block.ms", TIMEOUT_MILLIS),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "enable.auto.commit", false, "fetch.min.bytes", 1),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    @Override
    public EventLoop loop() {
        return wires.loop();
    }

    @Override
    public void open(final Account to) throws IOException, InterruptedException {
        account = to;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            for (final String topic : List.of("bsm", ALERTS.topic())) {
                create(admin, topic);
            }
            producer.partitionsFor("bsm");
            producer.partitionsFor(ALERTS.topic());
            consumer.assign(List.of(ALERTS));
            consumer.seekToEnd(List.of(ALERTS));
            consumer.position(ALERTS);
        } catch (final KafkaException e) {
            throw new IOException(e.getMessage(), e);
        }
        final Thread thread = Thread.ofPlatform().name("consumer").daemon().start(() -> poll(to));
        poller = thread;
    }

    private static void create(final Admin admin, final String topic) throws IOException, InterruptedException {
        try {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
        } catch (final ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IOException("topic " + topic + ": " + e.getMessage(), e);
            }
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback is told
    public void publish(final int vehicle, final boolean concerns, final long intendedNs) {
        final Account to = account;
        if (to == null) {
            throw new IllegalStateException("not open");
        }
        if (concerns) {
            to.await(vehicle, reports.number(), intendedNs);
        }
        try {
            producer.send(
                    new ProducerRecord<>(
                            concerns ? ALERTS.topic() : "bsm", reports.frame().clone()),
                    (metadata, failure) -> {
                        final long nowNs = System.nanoTime();
                        if (failure != null) {
                            wires.fail("the broker refuses: " + failure.getMessage());
                        }
                        loop().execute(() -> to.acked(intendedNs, nowNs));
                    });
        } catch (final KafkaException e) {
            wires.fail("the producer takes nothing: " + e.getMessage());
        }
    }

    private void poll(final Account to) {
        try {
            while (true) {
                for (final ConsumerRecord<byte[], byte[]> one : consumer.poll(POLL)) {
                    final long nowNs = System.nanoTime();
                    final byte[] frame = one.value();
                    loop().execute(() -> to.delivered(reports.vehicleIn(frame), reports.numberIn(frame), nowNs));
                }
            }
        } catch (final WakeupException e) {
            // Closed.
        } catch (final KafkaException e) {
            wires.fail("the consumer: " + e.getMessage());
        }
    }

    @Override
    public String failure() {
        return wires.failure();
    }

    @Override
    public void close() throws IOException {
        consumer.wakeup();
        try {
            final Thread polling = poller;
            if (polling != null) {
                polling.join();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        consumer.close();
        producer.close(Duration.ofMillis(TIMEOUT_MILLIS));
        wires.close();
    }
}
