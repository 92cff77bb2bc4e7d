package io.ibid.core.query;

import io.ibid.core.value.DocumentId;

/** Which of the documents that an index leads to are wanted. */
interface Admission {

    /** Asked once for each document that would be given. */
    boolean admits(DocumentId id);
}
