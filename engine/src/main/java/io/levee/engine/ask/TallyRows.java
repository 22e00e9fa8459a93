package io.levee.engine.ask;

import io.levee.engine.index.Tally;
import io.levee.engine.index.TallyRequest;
import io.levee.engine.query.Fields;
import io.levee.engine.query.eval.Setting;
import io.levee.engine.query.pipe.Row;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes rows of the groups that an index counted. */
record TallyRows(
    List<String> fields, List<Boolean> numbers, TallyRequest request, Setting setting) {
  static TallyRows of(TallyRequest request, Setting setting) {
    List<Boolean> numbers =
        request.fields().stream().map(Fields::find).map(TallyRows::isNumber).toList();
    return new TallyRows(request.fields(), numbers, request, setting);
  }

  private static boolean isNumber(Fields.@org.jspecify.annotations.Nullable Field field) {
    return field != null && field.type() == Fields.Type.NUMBER;
  }

  Row row(Tally.Group group) {
    var time = group.start() < 0 ? null : request.starts().get(group.start());
    return Row.over(new TallySource(this, time, group.values()), group.events(), setting);
  }

  int place(String field) {
    return fields.indexOf(field);
  }

  boolean numeric(int place) {
    return numbers.get(place);
  }

  Set<String> names() {
    Set<String> names = new LinkedHashSet<>(fields);
    if (!request.starts().isEmpty()) {
      names.add(Row.TIME);
    }
    return names;
  }
}
