package io.ibid.core.store;

import io.ibid.core.crdt.Delta;
import io.ibid.core.crdt.Document;
import io.ibid.core.crdt.VersionVector;
import io.ibid.core.error.Ablation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decides on a unit of another store: does every delta build on what is here or on deltas before it, is the document wanted, is it
 * new? Either all of it can be applied, or none of it, and the supplier is told what to send again.
 *
 * <p>A unit may be much larger than memory, so it is walked, and per document only a hash is kept, to notice those with several
 * deltas; these are decided in a second walk, with all that is known of them.
 *
 * <p>One use; confined to the holder of the writer turn.
 */
final class UnitDecision {

    private final Head head;
    private final Image image;
    private final Ablation ablation;
    private final IncomingUnit unit;
    private final List<Need.Document> needs = new ArrayList<>();
    private final BitSet accepted = new BitSet();
    private final BitSet absent = new BitSet();
    private final BitSet dropped = new BitSet();

    UnitDecision(Head head, IncomingUnit unit) {
        this.head = head;
        this.image = head.image();
        this.ablation = image.ablation();
        this.unit = unit;
    }

    Proposal decide() {
        SortedSet<DocumentKey> repeated = walkOnce();
        if (!repeated.isEmpty()) {
            walkRepeated(repeated);
        }
        if (!needs.isEmpty()) {
            return new Need(needs);
        }
        if (accepted.isEmpty()) {
            return Change.NOTHING;
        }
        long hlc = head.tick();
        return new Change.Unit(
                hlc,
                unit,
                accepted,
                repeated,
                absent,
                image.version(),
                dropped.cardinality(),
                unit.sidePuts(),
                head.effects(image.identity().epoch()));
    }

    /** Decides on all first deltas of a document; says which documents seem to have another one. */
    private SortedSet<DocumentKey> walkOnce() {
        SortedSet<DocumentKey> repeated = new TreeSet<>();
        SeenKeys seen = new SeenKeys();
        try (IncomingUnit.Deltas deltas = unit.open()) {
            int position = 0;
            for (IncomingUnit.Staged staged = deltas.next(); staged != null; staged = deltas.next(), position++) {
                if (!isAcceptable(staged)) {
                    dropped.set(position);
                } else if (seen.add(staged.key())) {
                    decide(position, staged);
                } else {
                    repeated.add(staged.key());
                }
            }
        }
        return repeated;
    }

    private boolean isAcceptable(IncomingUnit.Staged staged) {
        return head.isAcceptable(staged.delta().vv());
    }

    private void decide(int position, IncomingUnit.Staged staged) {
        DocumentKey key = staged.key();
        Delta delta = staged.delta();
        Record record = head.record(key);
        VersionVector here = record == null ? VersionVector.EMPTY : record.vv();
        if (!delta.floor().isAtMost(here) && !ablation.has(Ablation.Switch.NOFLOOR)) {
            needs.add(new Need.Document(key, here));
        } else if (record == null && !isWanted(key, delta)) {
            dropped.set(position);
        } else if (!delta.vv().isAtMost(here)) {
            accept(position, delta, record == null);
        }
    }

    private void accept(int position, Delta delta, boolean isAbsent) {
        accepted.set(position);
        absent.set(position, isAbsent);
        head.observe(delta.vv());
    }

    /** A document that is not here is taken when a subscription selects it as it would become. */
    private boolean isWanted(DocumentKey key, Delta delta) {
        return switch (unit.reception().interest(key.collection())) {
            case ALL -> true;
            case NONE -> false;
            case SOME -> {
                Document document = new Document();
                document.merge(delta, 1, ablation);
                yield isSelected(key, document);
            }
        };
    }

    private boolean isSelected(DocumentKey key, Document document) {
        if (!document.visible(false)) {
            return document.hint() != null && unit.reception().selectsTombstone(key.collection(), document.hint());
        }
        return unit.reception()
                .selects(key.collection(), Record.of(key, document, ablation).row());
    }

    // ---- documents with several deltas

    /** One document, with the deltas up to here merged into it. */
    private static final class Course {
        final @Nullable Record record;
        final VersionVector here;
        final Document document;
        final List<Integer> deltas = new ArrayList<>();
        final List<Integer> news = new ArrayList<>();
        boolean isMissingSomething;

        Course(@Nullable Record record) {
            this.record = record;
            this.document = record == null ? new Document() : record.document();
            this.here = document.vv();
        }
    }

    /** Decides again, and this time in order, on everything that concerns these documents. */
    private void walkRepeated(SortedSet<DocumentKey> repeated) {
        TreeMap<DocumentKey, Course> courses = new TreeMap<>();
        needs.removeIf(need -> repeated.contains(need.key()));
        try (IncomingUnit.Deltas deltas = unit.open()) {
            int position = 0;
            for (IncomingUnit.Staged staged = deltas.next(); staged != null; staged = deltas.next(), position++) {
                if (repeated.contains(staged.key()) && isAcceptable(staged)) {
                    accepted.clear(position);
                    absent.clear(position);
                    dropped.clear(position);
                    Course course = courses.get(staged.key());
                    if (course == null) {
                        course = new Course(head.record(staged.key()));
                        courses.put(staged.key(), course);
                    }
                    follow(course, staged, position);
                }
            }
        }
        courses.forEach(this::conclude);
    }

    private void follow(Course course, IncomingUnit.Staged staged, int position) {
        course.deltas.add(position);
        Delta delta = staged.delta();
        boolean forgotten = unit.isForgottenUnseen(staged.key()) && !delta.complete();
        if (!course.document.applicable(delta, ablation)
                || (forgotten && !delta.floor().isAtMost(course.here))) {
            course.isMissingSomething = true;
        } else if (course.document.merge(delta, 1, ablation).changed()) {
            course.news.add(position);
            head.observe(delta.vv());
        }
    }

    private void conclude(DocumentKey key, Course course) {
        if (course.isMissingSomething) {
            needs.add(new Need.Document(key, course.here));
            return;
        }
        boolean wanted = course.record != null
                || switch (unit.reception().interest(key.collection())) {
                    case ALL -> true;
                    case NONE -> false;
                    case SOME -> isSelected(key, course.document);
                };
        if (wanted) {
            course.news.forEach(accepted::set);
        } else {
            course.deltas.forEach(dropped::set);
        }
    }
}
