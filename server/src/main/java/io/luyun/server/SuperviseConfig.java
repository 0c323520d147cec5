package io.luyun.server;

/**
 * The test vehicles.
 *
 * @param file names them; empty for none
 */
public record SuperviseConfig(String file) {}
