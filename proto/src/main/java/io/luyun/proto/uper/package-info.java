/**
 * The binary language of the road: ASN.1 unaligned PER, to and from {@code luyun.v1}, in both dialects; and the envelope
 * roadside units put around it.
 *
 * <pre>
 *   messages.uper ─▶ SchemaReader ─▶ SchemaType … ─▶ ProgramBuilder ─▶ Program (int[], once per dialect)
 *                                                                        │
 *      frame ─▶ BitReader ─▶ UperDecoder ─▶ CanonicalWriter ─▶ luyun.v1  │ interpreted by
 *   luyun.v1 ─▶ CanonicalReader ─▶ UperEncoder ─▶ BitWriter ─▶ frame     │ all three
 *      frame ─▶ BitReader ─▶ UperExplainer ─▶ FieldVisitor               │   EnvelopeExplainer around it
 * </pre>
 *
 * The messages are data: {@code messages.uper} names every type, range and canonical field in a notation of its own. No
 * class knows a message. Decoder, encoder and explainer each belong to one thread; programs are immutable and shared.
 */
@NullMarked
package io.luyun.proto.uper;

import org.jspecify.annotations.NullMarked;
