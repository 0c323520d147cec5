package io.luyun.proto.explain;

/** Is told what an explainer finds, in the order of the bits. */
@FunctionalInterface
public interface FieldVisitor {
    /** One piece. It is the visitor's to keep. */
    void field(ExplainedField field);
}
