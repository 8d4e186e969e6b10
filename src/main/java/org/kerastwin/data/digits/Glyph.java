package org.kerastwin.data.digits;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to write a digit: strokes in the unit square, x to the right and y down. Each stroke is a
 * smooth curve through a few points; at a corner one stroke ends and the next begins.
 *
 * @param strokes each a polyline {@code x0, y0, x1, y1, …}, dense enough to look curved
 */
record Glyph(List<double[]> strokes) {
  /** Straight pieces between two points of a curve. */
  private static final int PIECES = 3;

  /** The ways to write each digit, 0 to 9. */
  static List<List<Glyph>> digits() {
    return List.of(
        List.of(
            glyph(
                curve(
                    .52, .02, .27, .12, .15, .5, .25, .86, .5, .98, .74, .86, .85, .5, .74, .13,
                    .52, .02)),
            glyph(
                curve(
                    .62, .03, .36, .08, .17, .38, .2, .78, .45, .98, .73, .83, .82, .45, .7, .13,
                    .45, .1))),
        List.of(
            glyph(curve(.5, 0, .5, .5, .5, 1)),
            glyph(curve(.52, 0, .49, .5, .5, 1)),
            glyph(curve(.3, .2, .42, .12, .52, 0), curve(.52, 0, .52, .5, .52, 1))),
        List.of(
            glyph(
                curve(.2, .25, .3, .07, .55, .02, .77, .16, .72, .42, .47, .7, .14, .96),
                curve(.14, .96, .5, .94, .88, .96)),
            glyph(
                curve(
                    .2, .2, .45, .02, .74, .14, .7, .45, .46, .78, .25, .95, .12, .9, .2, .78, .42,
                    .82, .65, .95, .92, .9))),
        List.of(
            glyph(
                curve(.2, .12, .45, .02, .73, .12, .7, .34, .4, .47),
                curve(.4, .47, .72, .53, .84, .73, .66, .94, .37, .98, .14, .87)),
            glyph(
                curve(.18, .05, .5, .04, .8, .06),
                curve(.8, .06, .62, .24, .45, .42),
                curve(.45, .42, .72, .48, .83, .7, .66, .93, .36, .97, .15, .85))),
        List.of(
            glyph(
                curve(.25, .04, .2, .3, .14, .55),
                curve(.14, .55, .5, .57, .9, .52),
                curve(.76, .02, .72, .5, .66, 1)),
            glyph(
                curve(.64, .02, .4, .32, .12, .62),
                curve(.12, .62, .5, .62, .92, .6),
                curve(.64, .02, .64, .5, .63, 1))),
        List.of(
            glyph(
                curve(.82, .04, .55, .04, .28, .06),
                curve(.28, .06, .25, .24, .22, .43),
                curve(.22, .43, .5, .36, .78, .5, .82, .76, .55, .97, .17, .9)),
            glyph(
                curve(.85, .02, .6, .06, .34, .05),
                curve(.34, .05, .3, .2, .27, .4),
                curve(.27, .4, .55, .44, .75, .6, .72, .85, .45, .98, .2, .93))),
        List.of(
            glyph(
                curve(
                    .68, .02, .42, .2, .22, .5, .2, .78, .4, .97, .66, .93, .8, .74, .7, .56, .46,
                    .54, .24, .7)),
            glyph(
                curve(
                    .5, .0, .32, .25, .2, .55, .24, .85, .48, .98, .7, .9, .76, .72, .62, .6, .42,
                    .62, .24, .78))),
        List.of(
            glyph(curve(.14, .07, .5, .06, .86, .04), curve(.86, .04, .64, .42, .44, 1)),
            glyph(curve(.12, .14, .16, .06, .5, .07, .84, .05), curve(.84, .05, .68, .45, .56, 1)),
            glyph(
                curve(.14, .07, .5, .06, .86, .04),
                curve(.86, .04, .64, .42, .44, 1),
                curve(.34, .52, .55, .5, .78, .5))),
        List.of(
            glyph(
                curve(
                    .74, .13, .52, .02, .29, .12, .3, .32, .52, .47, .74, .65, .73, .88, .5, .98,
                    .27, .88, .28, .66, .5, .48, .71, .32, .74, .13)),
            glyph(
                curve(
                    .68, .07, .42, .04, .26, .18, .36, .36, .58, .5, .72, .7, .64, .92, .42, .97,
                    .28, .82, .36, .62, .56, .44, .72, .24, .68, .07))),
        List.of(
            glyph(
                curve(.76, .2, .56, .03, .3, .12, .22, .33, .38, .5, .62, .43, .76, .2),
                curve(.76, .2, .74, .55, .66, 1)),
            glyph(
                curve(.76, .16, .52, .02, .27, .13, .25, .37, .48, .48, .7, .36, .76, .16),
                curve(.76, .16, .78, .5, .7, .82, .5, .98, .24, .94))));
  }

  private static Glyph glyph(double[]... strokes) {
    return new Glyph(List.of(strokes));
  }

  /** A Catmull-Rom spline through points, as a polyline; closed if the last point is the first. */
  private static double[] curve(double... points) {
    int last = points.length / 2 - 1;
    boolean closed = points[0] == points[2 * last] && points[1] == points[2 * last + 1];
    List<Double> line = new ArrayList<>(List.of(points[0], points[1]));
    for (int i = 0; i < last; i++) {
      int before = i > 0 ? i - 1 : closed ? last - 1 : 0;
      int after = i + 2 <= last ? i + 2 : closed ? 1 : last;
      for (int piece = 1; piece <= PIECES; piece++) {
        double t = (double) piece / PIECES;
        for (int axis = 0; axis < 2; axis++) {
          line.add(
              spline(
                  points[2 * before + axis],
                  points[2 * i + axis],
                  points[2 * i + 2 + axis],
                  points[2 * after + axis],
                  t));
        }
      }
    }
    return line.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double spline(double before, double from, double to, double after, double t) {
    double linear = to - before;
    double square = 2 * before - 5 * from + 4 * to - after;
    double cube = 3 * (from - to) + after - before;
    return from + t * (linear + t * (square + t * cube)) / 2;
  }
}
