package org.kerastwin.cli.options;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The range of a numeric option, with both ends; {@link Ranges} enforces it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Range {
  /** The least float32 number above 0. */
  double ABOVE_ZERO = Float.MIN_VALUE;

  /** The greatest float32 number below 1. */
  double BELOW_ONE = 1 - 0x1p-24;

  /** The least value. */
  double from();

  /** The greatest value. */
  double to();

  /** The range in words; empty for whole numbers, which need none. */
  String words() default "";
}
