package io.ibid.core;

import com.tngtech.archunit.core.importer.ImportOption;

/** Leaves test classes out, wherever the build has put them. */
final class MainClasses {
    static final ImportOption ONLY = location -> !location.contains("/test-classes/");

    private MainClasses() {}
}
