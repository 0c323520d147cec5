/** Who is talking: identity, rights, numbering, clock offset. */
@NullMarked
package io.luyun.server.session;

import org.jspecify.annotations.NullMarked;
