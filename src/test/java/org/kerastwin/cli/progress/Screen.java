package org.kerastwin.cli.progress;

import java.util.ArrayList;
import java.util.List;

/** A minimal terminal that shows progress like a real one. */
final class Screen {
  private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
  private int row;
  private int column;

  Screen write(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\033') {
        int end = i + 2;
        while (Character.isDigit(text.charAt(end))) {
          end++;
        }
        control(text.substring(i + 2, end + 1));
        i = end;
      } else if (c == '\r') {
        column = 0;
      } else if (c == '\n') {
        row++;
        column = 0;
        if (row == lines.size()) {
          lines.add(new StringBuilder());
        }
      } else {
        put(c);
      }
    }
    return this;
  }

  private void control(String sequence) {
    switch (sequence) {
      case "1A" -> row--;
      case "K" -> lines.get(row).setLength(Math.min(column, lines.get(row).length()));
      case "J" -> {
        control("K");
        lines.subList(row + 1, lines.size()).clear();
      }
      default -> throw new IllegalArgumentException("unknown sequence " + sequence);
    }
  }

  private void put(char c) {
    StringBuilder line = lines.get(row);
    line.append(" ".repeat(Math.max(0, column + 1 - line.length())));
    line.setCharAt(column++, c);
  }

  List<String> lines() {
    return lines.stream().map(StringBuilder::toString).toList();
  }
}
