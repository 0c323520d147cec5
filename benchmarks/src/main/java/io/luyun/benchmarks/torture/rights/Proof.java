package io.luyun.benchmarks.torture.rights;

/** What somebody shows who says to be a device. */
record Proof(Shown certificate, Said token) {
    /** A client certificate. */
    enum Shown {
        NONE,
        RIGHT,
        FOREIGN,
        REVOKED,
        EXPIRED,
        OTHER_AUTHORITY
    }

    /** A token. */
    enum Said {
        NONE,
        RIGHT,
        FOREIGN,
        WRONG
    }

    /** The best a device of this line can show. */
    static Proof of(final Entry entry) {
        return new Proof(
                entry.certificate() ? Shown.RIGHT : Shown.NONE,
                entry.token() != null && !entry.certificate() ? Said.RIGHT : Said.NONE);
    }

    @Override
    public String toString() {
        return "certificate " + certificate.name().toLowerCase(java.util.Locale.ROOT) + ", token "
                + token.name().toLowerCase(java.util.Locale.ROOT);
    }
}
