/**
 * Reads and checks {@code luyun.v1} on the line without building objects.
 *
 * <pre>
 *   frame bytes ─▶ DeviceFrameReader ─▶ what kind, which number, where the message lies
 *                        │
 *                        ├─▶ MessageValidator   every rule of the schema, or the Violation that names field, value and rule
 *                        ├─▶ MessageClock       the millisecond the device put into the message
 *                        ├─▶ MessageCount       the counter that tells of losses, and whose it is
 *                        └─▶ BsmReader RsmReader SpatReader   the values the road needs
 *   ServerFrameWriter ─▶ the two answers that are sent for nearly every burst
 * </pre>
 *
 * Everything takes Agrona buffers. A reader is owned by one thread and copies the bytes it is given into an array of its
 * own, so that the caller's buffer is free again at once; on success nothing is allocated. They take what protobuf-java takes, with three exceptions that
 * no protobuf writer produces: groups, a known field under a foreign wire type, and more than one body in a frame are
 * refused.
 */
@NullMarked
package io.luyun.proto.codec;

import org.jspecify.annotations.NullMarked;
