/**
 * What of a journal may leave the house: a row of records in which nobody is named, nothing is where it should not be seen, and what
 * was not asked for is not there. It rewrites payloads as they lie in the journal, so that a form of export that is given this row has
 * nothing to do for it. That it is given no other is up to the command that opens it; a form must not read the journal beside it.
 *
 * <pre>
 *   Records (research) ─▶ PrivateRecords ─▶ Records without
 *                              │
 *                         PayloadRewriter ── MessagePlan, one a type of message, out of the schema and FieldTable
 *                              │
 *              Pseudonyms   Grid   RedactedArea   PlateText
 * </pre>
 *
 * A field of the schema that {@code FieldTable} says nothing of, and could name somebody, stops the tests; a field that the schema does
 * not know is left out.
 */
@NullMarked
package io.luyun.server.privacy;

import org.jspecify.annotations.NullMarked;
