package io.luyun.simulator;

import io.luyun.simulator.report.RunReport;
import io.luyun.simulator.report.RunReportFile;
import io.luyun.simulator.report.Runs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads what a command was told to. */
final class ReportFiles {
    private ReportFiles() {}

    /**
     * The reports of files, named by these.
     *
     * @throws IllegalArgumentException in one line with file and field
     */
    static Runs read(final List<Path> files) {
        final List<String> names = new ArrayList<>();
        final List<RunReport> reports = new ArrayList<>();
        for (final Path file : files) {
            reports.add(RunReportFile.read(file));
            names.add(file.toString());
        }
        return new Runs(names, reports);
    }
}
