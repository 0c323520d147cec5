/**
 * Other tools' files out of a journal, and back into one.
 *
 * <pre>
 *   Records (research, privacy) ─▶ Exporter ─▶ a file
 *                                  a file   ─▶ importer ─▶ a journal
 * </pre>
 */
@NullMarked
package io.luyun.server.exchange;

import org.jspecify.annotations.NullMarked;
