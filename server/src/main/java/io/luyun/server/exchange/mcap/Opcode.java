package io.luyun.server.exchange.mcap;

/** Records of an MCAP file by their first octet, and what the file begins and ends with. */
final class Opcode {
    static final int HEADER = 0x01;
    static final int FOOTER = 0x02;
    static final int SCHEMA = 0x03;
    static final int CHANNEL = 0x04;
    static final int MESSAGE = 0x05;
    static final int CHUNK = 0x06;
    static final int MESSAGE_INDEX = 0x07;
    static final int CHUNK_INDEX = 0x08;
    static final int ATTACHMENT = 0x09;
    static final int STATISTICS = 0x0B;
    static final int METADATA = 0x0C;
    static final int METADATA_INDEX = 0x0D;
    static final int SUMMARY_OFFSET = 0x0E;
    static final int DATA_END = 0x0F;

    /** Octets before the content of a record: the opcode, and how long the content is. */
    static final int HEAD = 1 + Long.BYTES;

    /** 0x89 MCAP 0 CR LF, the first one lowest. */
    static final long MAGIC = 0x0A0D_3050_4143_4D89L;

    private Opcode() {}
}
