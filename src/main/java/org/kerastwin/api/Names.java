package org.kerastwin.api;

import org.kerastwin.Problem;
import org.kerastwin.UsageException;
import org.kerastwin.model.Variant;

/** Parses the names that callers of the API pass. */
final class Names {
  private Names() {}

  static Variant variant(String name) {
    return Variant.of(name)
        .orElseThrow(
            () ->
                new UsageException(
                    Problem.with("variant", name)
                        .expected("one of " + Variant.labels())
                        .received("another name")));
  }
}
