package org.kerastwin.runtime.cuda;

/** Takes what {@code doctor} finds. */
public interface Findings {
  /** The name of a thing, and what was found. */
  void say(String what, String finding);

  /** What mends the finding before it. */
  void remedy(String what);
}
