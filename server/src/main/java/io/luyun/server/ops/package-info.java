/** The HTTP and WebSocket faces for people and machines that look after the server. */
@NullMarked
package io.luyun.server.ops;

import org.jspecify.annotations.NullMarked;
