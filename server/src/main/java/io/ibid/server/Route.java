package io.ibid.server;

import java.util.List;

/** What a path stands for. */
sealed interface Route {

    /** {@code /api/v4/store/execute} (strict) and {@code /api/v5/store/execute}, also behind a database id. */
    record Execute(boolean strict) implements Route {}

    /** {@code /health}. */
    record Health() implements Route {}

    record Unknown(String reason) implements Route {}

    static Route of(String path, String databaseId) {
        List<String> segments = List.of(path.substring(1).split("/", -1));
        if (segments.equals(List.of("health"))) {
            return new Health();
        }
        boolean named = segments.size() == 5;
        List<String> rest = named ? segments.subList(1, 5) : segments;
        if (rest.size() != 4
                || !rest.getFirst().equals("api")
                || !rest.subList(2, 4).equals(List.of("store", "execute"))) {
            return new Unknown("nothing is served at " + path);
        }
        if (named && !segments.getFirst().equals(databaseId)) {
            return new Unknown("this server has no database " + segments.getFirst());
        }
        return switch (rest.get(1)) {
            case "v4" -> new Execute(true);
            case "v5" -> new Execute(false);
            default -> new Unknown("the API has the versions v4 and v5, not " + rest.get(1));
        };
    }
}
