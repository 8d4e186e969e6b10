/**
 * The random numbers that Python would draw: CPython's {@code random.Random}, NumPy's legacy {@code
 * RandomState}, and {@code keras.utils.set_random_seed}. The state of every stream can be saved and
 * restored exactly. Does not depend on TensorFlow or on the use of the numbers.
 */
package org.kerastwin.keras.random;
