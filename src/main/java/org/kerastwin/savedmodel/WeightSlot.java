package org.kerastwin.savedmodel;

/**
 * The place of a weight in an inference graph.
 *
 * @param path path of the variable, such as {@code generator/conv2d_1/kernel}: model, layer,
 *     variable
 * @param placeholder the node that takes the weight's value
 * @param trainable whether training updates it by its gradient; moving statistics are not trainable
 */
public record WeightSlot(String path, String placeholder, boolean trainable) {}
