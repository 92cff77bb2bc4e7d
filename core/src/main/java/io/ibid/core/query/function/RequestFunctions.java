package io.ibid.core.query.function;

import java.util.List;

/** The functions over the request itself. */
final class RequestFunctions {

    private RequestFunctions() {}

    static List<Function> all() {
        return List.of(new Function("request_info", 0, 0, true, false, (arguments, in) -> in.request()));
    }
}
