"""A disk in user space: a directory with the file "disk", which fails, dawdles or writes everything down when it is told.

usage: drive.py STORE MEBIBYTES LOG MOUNT

STORE keeps the content. LOG gets every write and flush in the order in which they were done, each before it is answered; it may be
"-". What is written to the file "orders" in MOUNT is obeyed from then on, one word or two:

  well              as a good disk
  fail-writes       writes answer EIO and change nothing
  fail-flushes      flushes answer EIO
  slow-flushes MS   flushes take so long

An entry of LOG: "W", offset (8 bytes), length (4 bytes), both big-endian, the bytes; or "F" and twelve zero bytes.
"""

import errno
import os
import stat
import struct
import sys
import threading
import time

from fusepy import FUSE, FuseOSError, Operations

ENTRY = struct.Struct(">cQI")


class Drive(Operations):
    def __init__(self, store, size, log):
        self.size = size
        self.store = os.open(store, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self.store, size)
        self.log = None if log == "-" else os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self.turn = threading.Lock()
        self.order = "well"
        self.pause = 0.0

    def note(self, entry, data=b""):
        if self.log is not None:
            left = memoryview(entry + data)
            while left:
                left = left[os.write(self.log, left):]

    def getattr(self, path, fh=None):
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o700, "st_nlink": 2}
        if path in ("/disk", "/orders"):
            size = self.size if path == "/disk" else 0
            return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": size}
        raise FuseOSError(errno.ENOENT)

    def readdir(self, path, fh):
        return [".", "..", "disk", "orders"]

    def open(self, path, flags):
        return 0

    def truncate(self, path, length, fh=None):
        return 0

    def read(self, path, size, offset, fh):
        return os.pread(self.store, size, offset) if path == "/disk" else b""

    def write(self, path, data, offset, fh):
        if path == "/orders":
            words = data.decode("ascii").split()
            self.pause = int(words[1]) / 1000.0 if words[0] == "slow-flushes" else 0.0
            self.order = words[0]
            return len(data)
        with self.turn:
            if self.order == "fail-writes":
                raise FuseOSError(errno.EIO)
            os.pwrite(self.store, data, offset)
            self.note(ENTRY.pack(b"W", offset, len(data)), data)
        return len(data)

    def fsync(self, path, datasync, fh):
        if path != "/disk":
            return 0
        if self.pause:
            time.sleep(self.pause)
        with self.turn:
            if self.order == "fail-flushes":
                raise FuseOSError(errno.EIO)
            self.note(ENTRY.pack(b"F", 0, 0))
        return 0


if __name__ == "__main__":
    store, mebibytes, log, mount = sys.argv[1:]
    FUSE(Drive(store, int(mebibytes) << 20, log), mount, foreground=True, nothreads=False, direct_io=True, big_writes=True)
