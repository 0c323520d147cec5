/** The durable record of everything received, the only importer of Chronicle Queue. */
@NullMarked
package io.luyun.server.journal;

import org.jspecify.annotations.NullMarked;
