/** Subscriptions, outboxes and the delivery policy of each. */
@NullMarked
package io.luyun.server.fanout;

import org.jspecify.annotations.NullMarked;
