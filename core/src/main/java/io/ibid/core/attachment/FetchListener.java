package io.ibid.core.attachment;

/** Told how a fetch goes: any number of {@link #progress}, then at most one of the others. On the loop. */
public interface FetchListener {

    /** So many bytes of the content are here. */
    void progress(long bytes, long length);

    /** All of it is here. It is pinned for the listener, which unpins it with {@link Attachments#unpin}. */
    void completed(Content content);

    /** No document refers to it any more. */
    void deleted();

    /** It cannot come. */
    void failed(Throwable cause);
}
