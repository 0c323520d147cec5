/**
 * What a message says, piece by piece, for people: where each value lies, what it is called, what it means. Off the line;
 * explainers take their time and make objects.
 */
@NullMarked
package io.luyun.proto.explain;

import org.jspecify.annotations.NullMarked;
