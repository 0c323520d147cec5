/** Builds, starts and closes the server; the only package that knows all the others. */
@NullMarked
package io.luyun.server;

import org.jspecify.annotations.NullMarked;
