package io.luyun.server.tools;

import io.luyun.server.ConfigException;
import io.luyun.server.LuyunServer;
import io.luyun.server.ServerConfig;
import io.luyun.server.journal.JournalException;
import io.luyun.server.net.ServiceManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the server until it is told to end. */
@Command(
        name = "serve",
        description = "Runs the server.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The first line of stdout says that it is ready and where:",
            "  READY devices=HOST:PORT http=HOST:PORT journal=DIR mode=shared transport=epoll",
            "and mqtt=HOST:PORT and udp=HOST:PORT at its end where these are enabled.",
            "SIGTERM ends it in order: what has been taken is acknowledged, then all devices are told; a second one ends it",
            "at once. Exit codes: 0 ended in order, 2 wrong configuration, 3 a port or the journal is not to be had, the",
            "journal has failed, or the orderly end took longer than service.stopMillis."
        })
public final class ServeCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ServeCommand.class);
    private static final int USAGE = 2;
    private static final int RESOURCE = 3;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration, YAML; names what differs from the defaults.")
    private @Nullable Path file;

    @Option(
            names = "--defaults",
            description = "Prints the configuration with its defaults and explanations, and ends.")
    private boolean defaults;

    @Option(
            names = "--end-with-stdin",
            description = "Ends in order when stdin does: for a server that is not to outlive what started it.")
    private boolean endWithStdin;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (defaults) {
            out().print(ServerConfig.defaults());
            out().flush();
            return 0;
        }
        try {
            return serve(config());
        } catch (final ConfigException | IllegalArgumentException e) {
            return fail(USAGE, e);
        } catch (final JournalException | IOException e) {
            return fail(RESOURCE, e);
        }
    }

    private ServerConfig config() {
        return file == null
                ? ServerConfig.parse("defaults", "", Path.of("").toAbsolutePath())
                : ServerConfig.load(file);
    }

    private int serve(final ServerConfig config) throws IOException, InterruptedException {
        final Serving serving = new Serving(ServiceManager.of(System.getenv()));
        serving.listen();
        final LuyunServer server = LuyunServer.launch(config);
        serving.launched();
        if (endWithStdin) {
            Thread.ofPlatform().daemon().name("luyun-stdin").start(() -> endWithStdin(serving));
        }
        out().println("READY devices=" + config.net().host() + ":" + server.devicePort()
                + " http=" + config.ops().host() + ":" + server.httpPort()
                + " journal=" + config.journal().directory()
                + " mode=" + server.mode()
                + " transport=" + server.transport()
                + (config.mqtt().enabled() ? " mqtt=" + config.net().host() + ":" + server.mqttPort() : "")
                + (config.udp().enabled() ? " udp=" + config.udp().host() + ":" + server.udpPort() : ""));
        out().flush();
        return serving.untilEnd(server, config.service());
    }

    private static void endWithStdin(final Serving serving) {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (final IOException e) {
            LOG.warn("stdin cannot be read, so it has ended: {}", e.getMessage());
        }
        serving.tellToEnd();
    }

    private int fail(final int code, final Exception why) {
        spec.commandLine()
                .getErr()
                .println("luyun: "
                        + String.valueOf(why.getMessage()).lines().findFirst().orElse(""));
        spec.commandLine().getErr().flush();
        return code;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
