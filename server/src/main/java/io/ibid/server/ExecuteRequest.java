package io.ibid.server;

import io.ibid.core.error.ErrorCode;
import io.ibid.core.error.IbidException;
import io.ibid.core.value.Value;

/** The body of a request to execute: {@code {"statement":"…","args":{…}}}. Other fields are ignored. */
record ExecuteRequest(String statement, Value.Struct arguments) {

    static ExecuteRequest of(Value body) {
        if (!(body instanceof Value.Struct fields)) {
            throw new IbidException(ErrorCode.VALIDATION, "the body must be an object with a \"statement\"");
        }
        if (!(fields.get("statement") instanceof Value.Text(String statement))) {
            throw new IbidException(ErrorCode.VALIDATION, "the body needs \"statement\", the text of one statement");
        }
        return switch (fields.get("args")) {
            case Value.Struct arguments -> new ExecuteRequest(statement, arguments);
            case Value.Null none -> new ExecuteRequest(statement, Value.Struct.EMPTY);
            case Value.Missing none -> new ExecuteRequest(statement, Value.Struct.EMPTY);
            default ->
                throw new IbidException(
                        ErrorCode.QUERY_ARGUMENTS_INVALID,
                        "\"args\" must be an object: parameter names and their values");
        };
    }
}
