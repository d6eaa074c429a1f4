package id.jembatan.client;

/** What was asked for with {@link With#ifNoneMatch} is still the version that you have. */
public final class NotModifiedException extends JembatanException {
  private static final long serialVersionUID = 1L;

  NotModifiedException() {
    super("not changed since", null);
  }
}
