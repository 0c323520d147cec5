/**
 * The JSON of roadside units (T/ITS 0117, T/ITS 0180.1, OpenV2X) to and from canonical messages. Functions of bytes: no
 * clock, no threads. What has no canonical message, or holds members no table names, is said to be worth keeping raw;
 * latitude and longitude that are swapped are refused and not put right.
 */
@NullMarked
package io.luyun.proto.json;

import org.jspecify.annotations.NullMarked;
