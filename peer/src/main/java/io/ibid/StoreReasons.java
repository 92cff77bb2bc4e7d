package io.ibid;

import io.ibid.DittoException.StoreExceptionReason;

/** Which reason each code of the store and of statements has. */
final class StoreReasons {

    private StoreReasons() {}

    static StoreExceptionReason of(String code) {
        return switch (code) {
            case "io/already-exists" -> new StoreExceptionReason.AttachmentCopyTargetAlreadyExists();
            case "store/attachment-file-not-found" -> new StoreExceptionReason.AttachmentFileNotFound();
            case "store/attachment-file-permission-denied" -> new StoreExceptionReason.AttachmentFilePermissionDenied();
            case "store/attachment-not-found" -> new StoreExceptionReason.AttachmentNotFound();
            case "store/attachment-token-invalid" -> new StoreExceptionReason.AttachmentTokenInvalid();
            case "store/closed" -> new StoreExceptionReason.Closed();
            case "store/crdt" -> new StoreExceptionReason.CrdtError();
            case "store/document-id" -> new StoreExceptionReason.DocumentId();
            case "store/document-not-found" -> new StoreExceptionReason.DocumentNotFound();
            case "store/failed-to-create-attachment" -> new StoreExceptionReason.FailedToCreateAttachment();
            case "store/failed-to-fetch-attachment" -> new StoreExceptionReason.FailedToFetchAttachment();
            case "store/format" -> new StoreExceptionReason.FailedToInitializeDittoDirectory();
            case "store/persistence-directory-locked" -> new StoreExceptionReason.PersistenceDirectoryLocked();
            case "query/arguments-invalid" -> new StoreExceptionReason.QueryArgumentsInvalid();
            case "query/evaluation" -> new StoreExceptionReason.QueryEvaluation();
            case "query/execution" -> new StoreExceptionReason.QueryExecution();
            case "query/invalid" -> new StoreExceptionReason.QueryInvalid();
            case "query/unsupported" -> new StoreExceptionReason.QueryNotSupported();
            case "query/parameter" -> new StoreExceptionReason.QueryParameter();
            case "store/transaction-read-only" -> new StoreExceptionReason.TransactionReadOnly();
            case "store/transaction-timeout" -> new StoreExceptionReason.TransactionTimeout();
            default -> new StoreExceptionReason.BackendError();
        };
    }
}
