package io.ibid.core.store;

/**
 * Tells a store whether it still lies where it lay when it was open last. A folder that was restored from a backup, or that is a copy of
 * another, must not go on as the store that it was: it has forgotten events that others have seen, or shares its name with a twin.
 *
 * <p>The store keeps a mark of its place and asks for a new one at each open, so that also an old state that is put back over a newer one
 * has a mark that fits no more. Called while the store is being opened; may block.
 */
public interface Residence {

    /** A place that cannot be told from others: memory, a disk of the simulation. */
    Residence UNKNOWN = new Residence() {
        @Override
        public boolean isAt(String mark) {
            return true;
        }

        @Override
        public String mark() {
            return "";
        }

        @Override
        public void settled(String mark) {}
    };

    /** Whether this is the place where the mark was made; also true when that cannot be told. */
    boolean isAt(String mark);

    /** Makes a new mark; those made before stay good. Empty where marks cannot be made. */
    String mark();

    /** The store has kept this mark durably: others are good for nothing from now on. */
    void settled(String mark);
}
