package io.ibid.core.crdt;

import io.ibid.core.value.ByteReader;
import io.ibid.core.value.ByteWriter;
import io.ibid.core.value.MalformedException;

/** How dots inside cells are written; those who have a dictionary of actors at hand write them shorter. */
public interface DotCodec {

    /** Actor in full, time as a varint: the same bytes everywhere, so two cells can be compared by them. */
    DotCodec PLAIN = new DotCodec() {
        @Override
        public void write(ByteWriter out, Dot dot) {
            out.fixed64(dot.actor().high());
            out.fixed64(dot.actor().low());
            out.varint(dot.hlc());
        }

        @Override
        public Dot read(ByteReader in) {
            Actor actor = new Actor(in.fixed64(), in.fixed64());
            return new Dot(in.varint(), actor);
        }
    };

    void write(ByteWriter out, Dot dot);

    Dot read(ByteReader in);

    /**
     * Dots as a position in a document's vector and a distance to its time there: three bytes where the plain form has 25. What is
     * read is {@link Dot#ZERO} or covered by the vector; anything else is malformed. One instance reads one stream.
     */
    static DotCodec within(VersionVector vv) {
        return new DotCodec() {
            private Dot last = Dot.ZERO;

            @Override
            public void write(ByteWriter out, Dot dot) {
                if (dot.hlc() == 0) {
                    out.u8(0);
                    return;
                }
                int index = vv.indexOf(dot.actor());
                if (index < 0) {
                    throw new AssertionError("the actor of " + dot + " is not in the version vector " + vv);
                }
                out.varint(index + 1L);
                out.varint(vv.hlc(index) - dot.hlc());
            }

            @Override
            public Dot read(ByteReader in) {
                int index = in.varint(vv.size()) - 1;
                if (index < 0) {
                    return Dot.ZERO;
                }
                long distance = in.varint();
                if (Long.compareUnsigned(distance, vv.hlc(index)) >= 0) {
                    throw new MalformedException("a dot before the beginning of time");
                }
                long hlc = vv.hlc(index) - distance;
                // Neighbours mostly share their event: let them share the object as well.
                if (hlc != last.hlc() || !vv.actor(index).equals(last.actor())) {
                    last = new Dot(hlc, vv.actor(index));
                }
                return last;
            }
        };
    }
}
