package id.jembatan.client;

import java.nio.file.Path;

/**
 * A file that has arrived, checked.
 *
 * @param path where it is
 * @param size in bytes
 * @param sha256 of its content
 */
public record Downloaded(Path path, long size, String sha256) {}
