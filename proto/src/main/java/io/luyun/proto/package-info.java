/** The language of the platform; codecs to and from foreign languages. No Netty, no Chronicle, no threads. */
@NullMarked
package io.luyun.proto;

import org.jspecify.annotations.NullMarked;
