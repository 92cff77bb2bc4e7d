package io.ibid.core.settings;

/** When a parameter that was set takes effect. */
public enum Effect {
    /** For whatever begins from then on. */
    AT_ONCE,
    /** At the next start, so only the environment can set it; ALTER SYSTEM leaves what is in force and warns. */
    AT_START,
    /** Never: known so that programs written for others go on, kept and shown; setting it warns. */
    NONE
}
