package org.kerastwin.savedmodel;

/**
 * A weight's place in an inference graph.
 *
 * @param path our variable path, such as {@code generator/conv2d_1/kernel}: the model, the layer,
 *     the variable
 * @param placeholder the node that stands for the weight
 * @param trainable whether training changes it by its gradient; moving statistics are not trainable
 */
public record WeightSlot(String path, String placeholder, boolean trainable) {}
