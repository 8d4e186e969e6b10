/**
 * Checks that need no reference: whether the forms of a model agree, whether the parts of a run
 * belong together, whether a training state is possible. Depends on {@code parity.compare}, {@code
 * parity.reference} and {@code parity.stages}.
 */
package org.kerastwin.parity.checks;
