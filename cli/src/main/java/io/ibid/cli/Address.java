package io.ibid.cli;

import io.ibid.cli.terminal.CommandFailure;

/**
 * {@code HOST:PORT} as options take it. An IPv6 host stands in brackets.
 *
 * @param port 0 to 65535
 */
record Address(String host, int port) {

    /**
     * Reads the text of an option.
     *
     * @throws CommandFailure naming the option when it is no address
     */
    static Address of(String option, String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port;
        try {
            port = Integer.parseInt(text.substring(colon + 1));
        } catch (NumberFormatException notANumber) {
            port = -1;
        }
        if (host.isEmpty() || port < 0 || port > 65535) {
            throw CommandFailure.usage(option + " " + text + " is no address like 127.0.0.1:4080");
        }
        return new Address(host, port);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
