package io.luyun.benchmarks.torture.kill;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes edits in classes as they are loaded. An edit that finds no place ends the process: nothing would be tried by it. */
final class Weaver implements ClassFileTransformer {
    static final int NO_PLACE = 70;

    private final List<Edit> edits;

    Weaver(final List<Edit> edits) {
        this.edits = List.copyOf(edits);
    }

    @Override
    public byte @Nullable [] transform(
            final @Nullable ClassLoader loader,
            final @Nullable String name,
            final @Nullable Class<?> redefined,
            final @Nullable ProtectionDomain domain,
            final byte[] bytes) {
        byte[] woven = null;
        for (final Edit edit : edits) {
            if (edit.owner().equals(name)) {
                woven = woven(edit, loader, woven == null ? bytes : woven);
            }
        }
        return woven;
    }

    private static byte[] woven(final Edit edit, final @Nullable ClassLoader loader, final byte[] bytes) {
        try {
            final byte[] woven = weave(edit, loader, bytes);
            if (woven != null) {
                return woven;
            }
            System.err.println("no place for " + edit + " in " + edit.owner());
        } catch (final RuntimeException e) {
            // The JVM would drop it and go on with the class as it was.
            System.err.println("cannot weave " + edit + ": " + e);
        }
        Runtime.getRuntime().halt(NO_PLACE);
        return bytes;
    }

    /** The class with the edit made; null when there is no place for it. */
    static byte @Nullable [] weave(final Edit edit, final @Nullable ClassLoader loader, final byte[] bytes) {
        final ClassFile classes = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(loader == null ? ClassLoader.getSystemClassLoader() : loader)
                        .orElse(ClassHierarchyResolver.defaultResolver())));
        final Counted counted = new Counted(edit);
        final byte[] woven = classes.transformClass(
                classes.parse(bytes),
                ClassTransform.transformingMethodBodies(
                        method -> edit.method().isEmpty() || method.methodName().equalsString(edit.method()), counted));
        return counted.places == 0 ? null : woven;
    }

    private static final class Counted implements CodeTransform {
        private final Edit edit;
        private int places;

        Counted(final Edit edit) {
            this.edit = edit;
        }

        @Override
        public void atStart(final CodeBuilder code) {
            places += edit.begin(code) ? 1 : 0;
        }

        @Override
        public void accept(final CodeBuilder code, final CodeElement element) {
            places += edit.put(code, element) ? 1 : 0;
        }
    }
}
