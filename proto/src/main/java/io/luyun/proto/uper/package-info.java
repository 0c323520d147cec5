/** The binary language of the road, unaligned PER in both dialects, and the envelope roadside units put around it. */
@NullMarked
package io.luyun.proto.uper;

import org.jspecify.annotations.NullMarked;
