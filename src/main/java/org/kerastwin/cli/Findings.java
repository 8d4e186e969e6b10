package org.kerastwin.cli;

/** Takes what {@code doctor} finds. */
interface Findings {
  /** The name of a thing, and what was found. */
  void say(String what, String finding);

  /** What mends the finding before it. */
  void remedy(String what);
}
