package io.luyun.server.exchange.mcap;

final class McapImport {}
