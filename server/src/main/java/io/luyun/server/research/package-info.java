/**
 * What researchers ask of a journal, on a copy or while a server writes it: which records, of whom, of when, and what they amount
 * to. Reads through {@link io.luyun.server.journal.JournalArchive} and changes nothing.
 *
 * <pre>
 *   JournalArchive ─▶ RecordCursor (Selection: sequences, times, kinds, devices) ─▶ whoever prints them
 *                                                                             └──▶ Summary
 * </pre>
 *
 * <pre>{@code
 * JournalArchive archive = Journal.openReadOnly(Path.of("data/journal"));
 * try (RecordCursor records = RecordCursor.open(archive, Selection.ALL.withKinds(Set.of(RECORD_KIND_BSM_VALUE)))) {
 *     while (records.next()) {
 *         Bsm.parseFrom(records.payload());
 *     }
 *     records.damage().forEach(System.err::println);
 * }
 * }</pre>
 */
@NullMarked
package io.luyun.server.research;

import org.jspecify.annotations.NullMarked;
