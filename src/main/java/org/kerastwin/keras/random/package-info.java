/**
 * The random numbers that Python would draw: CPython's {@code random.Random}, NumPy's legacy {@code
 * RandomState}, and what {@code keras.utils.set_random_seed} makes of one seed. Every stream's
 * state can be saved and restored exactly. Knows neither TensorFlow nor what the numbers are for.
 */
package org.kerastwin.keras.random;
