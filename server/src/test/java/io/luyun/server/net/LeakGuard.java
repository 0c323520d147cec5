package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Has Netty watch every buffer, and fails the test class when one was lost. */
public final class LeakGuard implements BeforeAllCallback, AfterAllCallback {
    private static final int ROUNDS = 3;

    private final ListAppender<ILoggingEvent> reports = new ListAppender<>();

    @Override
    public void beforeAll(final ExtensionContext context) {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        reports.start();
        logger().addAppender(reports);
    }

    @Override
    public void afterAll(final ExtensionContext context) {
        for (int i = 0; i < ROUNDS; i++) {
            System.gc();
            // The detector reports what it has found when the next buffer is made.
            ByteBufAllocator.DEFAULT.directBuffer().release();
        }
        logger().detachAppender(reports);
        assertThat(reports.list.stream().map(ILoggingEvent::getFormattedMessage))
                .as("leaks")
                .isEmpty();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    }
}
