package io.luyun.server.privacy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that pseudonyms are made with: who has it can tell whose they are by trying all ids. Immutable; never printed.
 */
public final class PseudonymKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_BYTES = 32;
    private static final int MOST_BYTES = 4_096;
    private static final int LEAST_DIFFERENT = 8;
    private static final int FINGERPRINT_BYTES = 8;
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final byte[] key;

    private PseudonymKey(final byte[] key) {
        this.key = key;
    }

    /**
     * Reads one: all bytes of a file that nobody but its owner may read.
     *
     * @throws IllegalArgumentException with file and rule
     */
    public static PseudonymKey read(final Path file) {
        try {
            final Set<PosixFilePermission> allowed = Files.getPosixFilePermissions(file);
            if (!OWNERS.containsAll(allowed)) {
                throw new IllegalArgumentException(file + ": has permissions "
                        + PosixFilePermissions.toString(allowed)
                        + "; nobody but its owner may read or write it (chmod 600)");
            }
            final long size = Files.size(file);
            if (size < LEAST_BYTES || size > MOST_BYTES) {
                throw new IllegalArgumentException(
                        file + ": has " + size + " bytes; a key has " + LEAST_BYTES + " to " + MOST_BYTES);
            }
            return of(Files.readAllBytes(file));
        } catch (final NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": is not there", e);
        } catch (final UnsupportedOperationException e) {
            throw new IllegalArgumentException(
                    file + ": lies where files have no owner's permissions; a key must have them", e);
        } catch (final IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
        } catch (final WeakKeyException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * One of these bytes.
     *
     * @throws IllegalArgumentException when they are too few or too much alike
     */
    public static PseudonymKey of(final byte[] bytes) {
        final int different = different(bytes);
        if (bytes.length < LEAST_BYTES || different < LEAST_DIFFERENT) {
            throw new WeakKeyException(bytes.length + " bytes, " + different + " of them different; a key has at least "
                    + LEAST_BYTES + ", and random ones (head -c 32 /dev/urandom)");
        }
        return new PseudonymKey(bytes.clone());
    }

    /** One that is forgotten with the process. */
    static PseudonymKey random() {
        final byte[] bytes = new byte[LEAST_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new PseudonymKey(bytes);
    }

    private static int different(final byte[] bytes) {
        final BitSet seen = new BitSet();
        for (final byte b : bytes) {
            seen.set(b & 0xFF);
        }
        return seen.cardinality();
    }

    /** What tells two keys apart and nothing of either: 16 hex digits. */
    public String fingerprint() {
        final byte[] code = mac().doFinal("luyun key fingerprint".getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(Arrays.copyOf(code, FINGERPRINT_BYTES));
    }

    /** HMAC-SHA-256 with this key, for one thread. */
    Mac mac() {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (final NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static final class WeakKeyException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        WeakKeyException(final String message) {
            super(message);
        }
    }
}
