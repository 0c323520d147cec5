/**
 * The durable record of everything received, the only importer of Chronicle Queue.
 *
 * <pre>
 *   offer ─▶ JournalWriter ─▶ CycleAppender ─▶ files ◀─ JournalReader (JournalWalk, Seek) ◀─ Journal, JournalArchive
 *                 └─ GroupCommit                ▲ ▲              └─ Gaps ◀─ missing
 *                                               │ └─ Retention: takes out what is over, under RetentionLock, notes it in missing
 *                                               └─── JournalRepair: copies what is sound into another directory
 * </pre>
 */
@NullMarked
package io.luyun.server.journal;

import org.jspecify.annotations.NullMarked;
