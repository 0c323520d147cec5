package io.luyun.server.fanout;

/** What a receiver is told about an alert, in the order in which it happened. Immutable. */
sealed interface AlertNews permits AlertStep, AlertSeen {}
