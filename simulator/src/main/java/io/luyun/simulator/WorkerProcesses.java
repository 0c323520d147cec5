package io.luyun.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.simulator.report.RunReport;
import io.luyun.simulator.report.RunReportFile;
import io.luyun.simulator.scenario.ResourceException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.agrona.concurrent.SystemEpochNanoClock;

/** Shares a run out to processes of their own, lets all begin at the same time, and waits for their reports. One thread. */
final class WorkerProcesses implements AutoCloseable {
    /** What a worker says when its links are open. */
    static final String OPEN = "{\"open\":true}";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LEAD_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long STOP_SECONDS = 20;

    private final List<Process> processes = new CopyOnWriteArrayList<>();
    private final List<BufferedReader> outputs = new ArrayList<>();

    /**
     * Starts them.
     *
     * @param command what starts one
     * @param job what each is told, by its place
     */
    WorkerProcesses(final List<String> command, final int count, final IntFunction<WorkerJob> job) throws IOException {
        try {
            start(command, count, job);
        } catch (final IOException e) {
            close();
            throw e;
        }
    }

    private void start(final List<String> command, final int count, final IntFunction<WorkerJob> job)
            throws IOException {
        for (int i = 0; i < count; i++) {
            final Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            processes.add(process);
            outputs.add(process.inputReader(StandardCharsets.UTF_8));
            tell(process, JSON.writeValueAsString(job.apply(i)));
        }
    }

    /**
     * Lets them run once all have their links open.
     *
     * @throws ResourceException when one of them ends without its report
     */
    List<RunReport> run() throws IOException, ResourceException {
        for (int i = 0; i < processes.size(); i++) {
            final String line = line(i);
            if (!OPEN.equals(line)) {
                throw new ResourceException("worker " + i + " said '" + line + "' and not that its links are open");
            }
        }
        final long startEpochNs = SystemEpochNanoClock.INSTANCE.nanoTime() + LEAD_NS;
        for (final Process process : processes) {
            tell(process, Long.toString(startEpochNs));
        }
        final List<RunReport> reports = new ArrayList<>();
        for (int i = 0; i < processes.size(); i++) {
            reports.add(RunReportFile.parse("worker " + i, line(i)));
        }
        return reports;
    }

    /** Lets them end their runs and report. Any thread. */
    void stop() {
        for (final Process process : processes) {
            try {
                process.outputWriter(StandardCharsets.UTF_8).close();
            } catch (final IOException _) {
                process.destroy(); // it does not listen any more
            }
        }
    }

    /** Ends those that still run. */
    @Override
    public void close() {
        processes.forEach(Process::destroy);
        try {
            for (final Process process : processes) {
                if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            }
        } catch (final InterruptedException _) {
            processes.forEach(Process::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private String line(final int worker) throws IOException, ResourceException {
        final String line = outputs.get(worker).readLine();
        if (line == null) {
            throw new ResourceException("worker " + worker + " ended before its time; what it said stands above");
        }
        return line;
    }

    private static void tell(final Process process, final String line) throws IOException {
        final Writer in = process.outputWriter(StandardCharsets.UTF_8);
        in.write(line + "\n");
        in.flush();
    }
}
