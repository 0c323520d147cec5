package io.luyun.server.tools;

import java.lang.reflect.Proxy;

/**
 * Has a signal run something in place of the JVM's own answer, which is to leave at once with 128 and the signal's number. By
 * reflection, since javac warns of this part of the JDK, jdk.unsupported, and a warning is an error here.
 */
final class Signals {
    private Signals() {}

    /** From now on; any thread. The task runs on a thread of the JVM. */
    static void on(final String name, final Runnable task) {
        try {
            final Class<?> signal = Class.forName("sun.misc.Signal");
            final Class<?> handler = Class.forName("sun.misc.SignalHandler");
            final Object handling =
                    Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, (_, method, _) -> {
                        if (method.getName().equals("handle")) {
                            task.run();
                        }
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not hand on signals", e);
        }
    }
}
