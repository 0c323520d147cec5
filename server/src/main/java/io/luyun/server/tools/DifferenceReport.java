package io.luyun.server.tools;

import io.luyun.server.redecide.Difference;
import io.luyun.server.redecide.Result;
import io.luyun.server.redecide.Task;

/** Tells what re-deciding finds, as it finds it. */
interface DifferenceReport {
    /** The next difference. */
    void difference(Difference difference);

    /** There are no more. */
    void end(Task task, Result result);
}
