package org.kerastwin.parity.stages;

import java.util.List;
import java.util.Map;
import org.kerastwin.io.NdArray;
import org.kerastwin.parity.compare.TensorComparison;
import org.kerastwin.parity.compare.TensorKey;

/**
 * The results of a stage.
 *
 * @param tensors to compare with the tensors of Keras that have the same keys
 * @param comparisons made by the stage: of our results with each other, or with tensors of Keras
 *     that have other keys
 */
record StageResult(Map<TensorKey, NdArray> tensors, List<TensorComparison> comparisons) {}
