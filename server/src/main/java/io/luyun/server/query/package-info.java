/**
 * Questions to a journal in SQL, answered by DuckDB within this process.
 *
 * <pre>
 *   Recording ─▶ TableExporter ─▶ Parquet files of those tables that the question names ─┐
 *                                 or those of an earlier export                          ├─▶ QuerySession ─▶ Answer
 *   DuckDriver: the driver, which is not on the class path ──────────────── DuckDB ──────┘
 * </pre>
 *
 * A question is one that only reads, and it reaches no file but the tables.
 */
@NullMarked
package io.luyun.server.query;

import org.jspecify.annotations.NullMarked;
