/**
 * Tables out of records: one a kind of thing, one row a thing, in SI units beside the standard's own integers; as Parquet or CSV.
 *
 * <pre>
 *   Tables (what there is) ─▶ TableSchema ◀─ LevelCompiler (descriptors and their rules)
 *                                │
 *   Records ─▶ TableExporter ─▶ RowSource ─▶ Rows (columns of integers) ─▶ TableSink: Parquet or CSV
 *                               MessageRows, HeadRows, TrackRows
 * </pre>
 *
 * A message is taken apart from its bytes, without an object for it. What is kept of a column is the integers that are there, one
 * after the other, and a bit a row that says where; SI units, names and texts are worked out when the rows are written, of a column
 * that has few different values once for each of them.
 */
@NullMarked
package io.luyun.server.exchange.table;

import org.jspecify.annotations.NullMarked;
