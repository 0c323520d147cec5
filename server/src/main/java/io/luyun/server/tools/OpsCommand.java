package io.luyun.server.tools;

import io.luyun.server.ops.NewToken;
import io.luyun.server.ops.Scope;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What the operations page needs before it can be used. */
@Command(name = "ops", description = "Makes tokens for the operations page.", mixinStandardHelpOptions = true)
public final class OpsCommand implements Runnable {
    private static final int DONE = 0;
    private static final int BAD_INPUT = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "token",
            description = "Prints a new random token, once, and the line that ops.tokens needs for it.",
            mixinStandardHelpOptions = true)
    int token(
            @Parameters(paramLabel = "NAME", description = "Whose it is; stands in the audit log.") final String name,
            @Option(
                            names = "--scope",
                            split = ",",
                            required = true,
                            paramLabel = "SCOPE",
                            description = "read, operate or admin; each includes those before.")
                    final List<String> scopes) {
        final PrintWriter err = spec.commandLine().getErr();
        Scope highest = Scope.READ;
        for (final String label : scopes) {
            final Scope scope = Scope.of(label);
            if (scope == null) {
                err.println("luyun: --scope " + label + ": must be read, operate or admin");
                return BAD_INPUT;
            }
            highest = scope.includes(highest) ? scope : highest;
        }
        try {
            final NewToken made = NewToken.of(name, highest);
            final PrintWriter out = spec.commandLine().getOut();
            out.println("token for " + name + ", shown this once: " + made.token());
            out.println("line for the file that ops.tokens names:");
            out.println(made.line());
            return DONE;
        } catch (final IllegalArgumentException e) {
            err.println("luyun: " + e.getMessage());
            return BAD_INPUT;
        }
    }
}
