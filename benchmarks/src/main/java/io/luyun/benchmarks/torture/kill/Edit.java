package io.luyun.benchmarks.torture.kill;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeInstruction;

/** A change of the server's code, made from outside while it is loaded. */
interface Edit {
    String SERVER = "io/luyun/server/";

    /** Name of the class that is changed, with slashes. */
    String owner();

    /** Name of the methods that are changed; empty for all of the class. */
    String method();

    /** What stands before the first instruction; returns whether anything does. */
    boolean begin(CodeBuilder code);

    /** Puts an instruction, or something else in its place; returns whether it is another than it was. */
    boolean put(CodeBuilder code, CodeElement element);

    /** Whether this calls the method, in the form {@code package/Type.method}. */
    static boolean calls(final CodeElement element, final String what) {
        return element instanceof final InvokeInstruction call
                && what.equals(call.owner().asInternalName() + "." + call.name().stringValue());
    }
}
