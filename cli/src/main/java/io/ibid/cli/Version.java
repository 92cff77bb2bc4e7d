package io.ibid.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version from the jar's manifest, and the JVM that runs it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version =
                Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(development)");
        return new String[] {"ibid " + version, "Java " + Runtime.version()};
    }
}
