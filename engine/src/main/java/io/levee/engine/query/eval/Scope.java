package io.levee.engine.query.eval;

/** Where an expression finds its fields. */
public interface Scope {
  /** A field's value; nothing when it isn't there. */
  Value get(String field);

  Setting setting();

  /** The same with one field that has another value. */
  default Scope with(String field, Value value) {
    Scope outer = this;
    return new Scope() {
      @Override
      public Value get(String name) {
        return name.equals(field) ? value : outer.get(name);
      }

      @Override
      public Setting setting() {
        return outer.setting();
      }
    };
  }
}
