/** The command line: thin mains over the packages above. */
@NullMarked
package io.luyun.server.tools;

import org.jspecify.annotations.NullMarked;
