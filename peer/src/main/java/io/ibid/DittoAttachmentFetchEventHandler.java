package io.ibid;

/** Told how a fetch goes: any number of times progress, then at most once that it is complete or deleted. On a thread of its own. */
@FunctionalInterface
public interface DittoAttachmentFetchEventHandler {

    void onFetchEvent(DittoAttachmentFetchEvent event);
}
