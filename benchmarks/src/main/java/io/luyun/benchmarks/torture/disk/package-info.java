/**
 * Disks that lose power, fill up, fail or forget, below real servers. Wants root: everything lies on loop devices.
 *
 * <pre>
 *   PowerCuts     server ─▶ ext4 ─▶ disk.img on XFS          a reflink of disk.img is what the power would have left
 *   LogReplays    server ─▶ ext4 ─▶ Drive, which writes down each write and flush ─▶ images of any moment, also unlucky ones
 *   FullDisks     server ─▶ small ext4 ◀─ a stranger who fills it
 *   FailingDisks  server ─▶ ext4 ─▶ Drive, which fails or dawdles when told
 *
 *   Survivor      a server's data after that: what is in it, and whether a server comes up on it
 *   Undo          takes back every mount and process, also when the harness is told to end
 * </pre>
 */
@NullMarked
package io.luyun.benchmarks.torture.disk;

import org.jspecify.annotations.NullMarked;
