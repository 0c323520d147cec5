/**
 * What lies on the disk: damaged, written by an older release, or wanted by two servers at once.
 *
 * <pre>
 *   BitRot     a journal made here ── one change of its bytes ──▶ JournalArchive, or a server: what is served, what is reported
 *   Suspended  a server that is stopped for a while, and a second one on its directory
 *   OldJournal a journal that an earlier release wrote, and one of a later format
 * </pre>
 */
@NullMarked
package io.luyun.benchmarks.torture.files;

import org.jspecify.annotations.NullMarked;
