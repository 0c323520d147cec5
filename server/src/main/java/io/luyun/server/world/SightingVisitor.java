package io.luyun.server.world;

/** Is told who sees a road user. */
@FunctionalInterface
public interface SightingVisitor {
    /**
     * A roadside unit sees it.
     *
     * @param device index of the unit
     * @param ptcId its number within the unit
     * @param lastAtNs when the unit told of it last, receive time
     */
    void visit(int device, int ptcId, long lastAtNs);
}
