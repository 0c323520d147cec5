package io.luyun.benchmarks.peers;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The main of a HiveMQ that lets everybody in. Its distribution has an extension for that, which is no Maven artifact; without it the
 * broker turns everybody away unless this switch of its own is set. By reflection, since HiveMQ is on no class path of ours.
 */
public final class HiveMqMain {
    private HiveMqMain() {}

    /** Starts the broker, whose home {@code hivemq.home} names. */
    public static void main(final String[] args) throws ReflectiveOperationException {
        final Object denies = Class.forName("com.hivemq.configuration.service.InternalConfigurations")
                .getField("AUTH_DENY_UNAUTHENTICATED_CONNECTIONS")
                .get(null);
        ((AtomicBoolean) denies).set(false);
        Class.forName("com.hivemq.HiveMQServer")
                .getMethod("main", String[].class)
                .invoke(null, (Object) new String[0]);
    }
}
