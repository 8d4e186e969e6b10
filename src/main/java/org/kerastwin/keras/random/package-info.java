/**
 * The random numbers that Python would draw: CPython's {@code random.Random}, NumPy's legacy {@code
 * RandomState}, and {@code keras.utils.set_random_seed}. The state of every stream can be saved and
 * restored exactly. Knows neither TensorFlow nor the use of the numbers.
 */
package org.kerastwin.keras.random;
