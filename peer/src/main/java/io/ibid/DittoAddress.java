package io.ibid;

/**
 * Stands for another device.
 *
 * @param peerKey the device's key as text
 */
public record DittoAddress(String peerKey) {}
