package io.ibid;

import io.ibid.core.env.Logs;
import org.slf4j.Logger;

/** The log of the classes of this package. */
final class SdkLog {
    static final Logger LOG = Logs.of("io.ibid.sdk");

    private SdkLog() {}
}
