package io.levee.edge.sentry;

import io.levee.edge.decode.JsonFields;
import io.levee.edge.decode.Marks;
import io.levee.event.Json;
import io.levee.event.User;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the user ("User Interface"); whatever else an application says about it is data. Pure. */
final class SentryUsers {
  /** Asks the server to take the address that it sees. */
  private static final String AUTO = "{{auto}}";

  private SentryUsers() {}

  /**
   * @param inferIp whether the client asks for the address even without saying so in the user
   */
  static User of(Json.Obj object, boolean inferIp, @Nullable String remoteAddress, Marks marks) {
    JsonFields fields = new JsonFields(object, "user", marks);
    String id = fields.text("id");
    String username = fields.text("username");
    String name = username == null ? fields.text("name") : username;
    String email = fields.text("email");
    String sent = fields.text("ip_address");
    boolean auto = AUTO.equals(sent) || (sent == null && inferIp);
    User user = new User(id, name, email, auto ? remoteAddress : sent, data(fields));
    return user.isEmpty() ? User.EMPTY : user;
  }

  private static Json.Obj data(JsonFields fields) {
    Json own = fields.take("data");
    Json.Obj rest = fields.rest();
    if (own == null) {
      return rest;
    }
    if (!(own instanceof Json.Obj object)) {
      return rest.with("data", own);
    }
    if (rest.isEmpty()) {
      return object;
    }
    Map<String, Json> data = new LinkedHashMap<>(rest.fields());
    object
        .fields()
        .forEach((key, value) -> {
          String free = data.containsKey(key) ? "data." + key : key;
          data.put(free, value);
        });
    return Json.object(data);
  }
}
