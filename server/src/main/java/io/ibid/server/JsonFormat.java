package io.ibid.server;

import io.ibid.core.value.Json;
import io.ibid.core.value.Value;
import java.nio.charset.StandardCharsets;

/** JSON: {@code {"transactionId":…,"commitId":…,"queryType":…,"items":[…],"mutatedDocumentIds":[…],"error":{…},"warnings":[…],…}}. */
final class JsonFormat implements Format {

    @Override
    public String mediaType() {
        return "application/json";
    }

    @Override
    public Value parse(byte[] body) {
        return Json.parse(body);
    }

    @Override
    public RowEncoder rows() {
        return new RowEncoder() {
            private final StringBuilder text = new StringBuilder(1024);
            private String separator = "";

            @Override
            public byte[] encode(ServedDatabase.Row row) {
                text.setLength(0);
                text.append(separator);
                row.appendJson(text);
                separator = ",";
                return utf8(text);
            }
        };
    }

    @Override
    public byte[] head(Summary summary) {
        StringBuilder out = new StringBuilder(96).append('{');
        if (summary.commitId() != null) {
            out.append("\"transactionId\":").append(summary.commitId()).append(',');
            if (summary.type() == QueryType.MUTATION) {
                out.append("\"commitId\":").append(summary.commitId()).append(',');
            }
        }
        out.append("\"queryType\":\"").append(summary.type().text()).append("\",\"items\":[");
        return utf8(out);
    }

    @Override
    public byte[] tail(Summary summary) {
        StringBuilder out = new StringBuilder(128).append("],\"mutatedDocumentIds\":[");
        String separator = "";
        for (Value id : summary.mutatedIds()) {
            Json.append(out.append(separator), id);
            separator = ",";
        }
        out.append("],\"error\":{");
        Failure failure = summary.failure();
        if (failure != null) {
            Json.append(out.append("\"code\":"), Value.of(failure.code()));
            Json.append(out.append(",\"description\":"), Value.of(failure.description()));
        }
        out.append("},\"warnings\":[");
        separator = "";
        for (ServedDatabase.Warning warning : summary.warnings()) {
            out.append(separator).append('{');
            if (warning.id() != null) {
                Json.append(out.append("\"_id\":"), warning.id());
                out.append(',');
            }
            Json.append(out.append("\"description\":"), Value.of(warning.description()));
            out.append('}');
            separator = ",";
        }
        return utf8(out.append("],\"totalWarningsCount\":")
                .append(summary.totalWarnings())
                .append('}'));
    }

    private static byte[] utf8(StringBuilder text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
