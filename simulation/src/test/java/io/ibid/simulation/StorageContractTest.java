package io.ibid.simulation;

import io.ibid.core.storage.MemoryStorage;
import io.ibid.core.storage.Storage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class StorageContractTest {

    @TestFactory
    Stream<DynamicTest> the_storage_in_memory_keeps_the_contract() {
        return StorageContract.checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.sentence(), () -> check.run(new Memory())));
    }

    @TestFactory
    Stream<DynamicTest> the_storage_that_can_lose_power_keeps_the_contract() {
        return StorageContract.checks().stream()
                .map(check -> DynamicTest.dynamicTest(check.sentence(), () -> check.run(new Disk())));
    }

    private static final class Memory implements StorageContract.Subject {
        private MemoryStorage storage = new MemoryStorage();

        @Override
        public Storage open() {
            storage = storage.fork();
            return storage;
        }
    }

    private static final class Disk implements StorageContract.Subject {
        private @Nullable PowerCutStorage storage;

        @Override
        public Storage open() {
            storage = storage == null ? new PowerCutStorage(1) : storage.reopen();
            return storage;
        }
    }
}
