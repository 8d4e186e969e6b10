package org.kerastwin.runtime.cuda;

/** Receives the findings of {@code doctor}. */
public interface Findings {
  /** Reports a finding about a thing. */
  void say(String what, String finding);

  /** Adds a remedy for the last finding. */
  void remedy(String what);
}
