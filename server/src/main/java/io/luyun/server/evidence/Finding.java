package io.luyun.server.evidence;

/**
 * Something about a package that does not hold.
 *
 * @param id the package; empty for what is about all of them
 * @param file file of it; empty for the package as a whole
 * @param rule what should hold, a word with hyphens
 * @param detail what was found
 */
public record Finding(String id, String file, String rule, String detail) {
    @Override
    public String toString() {
        return (id.isEmpty() ? "" : id + " ") + (file.isEmpty() ? "" : file + " ") + rule + ": " + detail;
    }
}
