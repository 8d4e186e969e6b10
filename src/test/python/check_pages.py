"""Checks HTML pages in headless Chromium, by what one sees: nothing is too wide or too small or lacks contrast, in light
and dark, on a telephone and in print. On the page of a run, curves are drawn, and the slider and the zoom move them.

    python check_pages.py FOLDER_FOR_SCREENSHOTS RUN.html [OTHER.html...]
"""

import sys
import zlib
from pathlib import Path

import chromium

TELEPHONE = 400
DESKTOP = 1280
# A curve a few pixels wide across a chart of about a thousand.
CURVE_PIXELS = 500
# WCAG 2 level AA for text.
CONTRAST = 4.5


def pixels(png):
    """The rows of an 8-bit RGB or RGBA PNG without interlace, as bytes, and the bytes of a pixel."""
    width, height = (int.from_bytes(png[at:at + 4], "big") for at in (16, 20))
    channels = {2: 3, 6: 4}[png[25]]
    data, at = b"", 8
    while at < len(png):
        size = int.from_bytes(png[at:at + 4], "big")
        if png[at + 4:at + 8] == b"IDAT":
            data += png[at + 8:at + 8 + size]
        at += 12 + size
    data, rows, above = zlib.decompress(data), [], bytes(width * channels)
    for y in range(height):
        start = y * (width * channels + 1)
        row = bytearray(data[start + 1:start + 1 + width * channels])
        for i in range(len(row)):
            a, b = (row[i - channels] if i >= channels else 0), above[i]
            c = above[i - channels] if i >= channels else 0
            near = min((abs(b - c), 0, a), (abs(a - c), 1, b), (abs(a + b - 2 * c), 2, c))[2]
            row[i] = row[i] + (0, a, b, (a + b) // 2, near)[data[start]] & 255
        rows.append(bytes(row))
        above = row
    return rows, channels


def different(first, second):
    """The number of pixels in which two screenshots differ."""
    (rows, channels), (others, _) = pixels(first), pixels(second)
    assert len(rows) == len(others) and len(rows[0]) == len(others[0]), "screenshots of two sizes"
    return sum(row[i:i + channels] != other[i:i + channels]
               for row, other in zip(rows, others) for i in range(0, len(row), channels))


class Report:
    """A page that is open in the browser."""

    def __init__(self, page, path, folder):
        self.page, self.path, self.folder = page, path, folder

    def open(self, width, scheme="light", kind=""):
        self.page.size(width, 900)
        self.page.media(kind, scheme)
        self.page.open(self.path)

    def shot(self, name, selector=None):
        """A screenshot of an element, or of the page, as soon as its images are decoded."""
        self.page.evaluate("Promise.all([...document.images].map(image => image.decode()))")
        clip = selector and self.page.evaluate(
            f"(({{x, y, width, height}}) => [x + scrollX, y + scrollY, width, height].map(Math.round))"
            f"(document.querySelector({selector!r}).getBoundingClientRect())")
        return self.page.screenshot(self.folder / (name + ".png"), clip)

    def count(self, selector):
        return self.page.evaluate(f"document.querySelectorAll({selector!r}).length")

    def text(self, selector):
        return self.page.evaluate(f"document.querySelector({selector!r}).textContent")

    def visible(self, selector):
        return self.page.evaluate(f"document.querySelector({selector!r})?.checkVisibility() ?? false")

    def check_curves(self):
        """Counts the visible pixels of the curves by hiding them."""
        for plot in self.page.evaluate("[...document.querySelectorAll('.plot')].map(plot => plot.id)"):
            selector = "#" + plot
            drawn = self.shot("curves-" + plot, selector)
            for line in range(self.page.evaluate(f"document.querySelectorAll('{selector} .smooth').length")):
                hide = f"document.querySelectorAll('{selector} .smooth')[{line}].style.visibility"
                self.page.evaluate(hide + " = 'hidden'")
                seen = different(drawn, self.shot("hidden", selector))
                self.page.evaluate(hide + " = ''")
                assert seen > CURVE_PIXELS or plot.startswith("quality"), f"{plot}: curve {line} has {seen} pixels"
            alternative = self.text(selector + " desc")
            assert "at the end" in alternative, alternative
            assert self.count(selector + " .x text") > 1 and self.count(selector + " .y text") > 1, plot
            assert self.text(selector + " .axis"), plot

    def check_slider(self):
        frames = self.count(".strip img")
        assert frames > 1, "the run of a check needs several epochs"
        shown = lambda: int(self.text("#shown"))
        last, at_end = shown(), self.shot("last", "#picture")
        self.page.evaluate("document.querySelector('#epoch').focus()")
        self.page.press("ArrowLeft")
        assert shown() < last and different(at_end, self.shot("before", "#picture")) > 0, "ArrowLeft"
        self.page.press("Home")
        first = shown()
        assert first == int(self.text(".strip span")), first
        self.page.press("End")
        assert shown() == last and different(at_end, self.shot("end", "#picture")) == 0, "End"
        self.page.evaluate("document.querySelector('.strip img').click()")
        assert shown() == first, "a click on the first epoch"
        assert self.page.evaluate("document.querySelector('#epoch').getAttribute('aria-valuetext')") == f"epoch {first}"

    def check_zoom(self):
        axes = ("[document.querySelector('#losses .curves').getAttribute('viewBox'),"
                " ...[...document.querySelectorAll('#losses text')].map(each => each.textContent)].join()")
        whole, before = self.shot("whole", "#losses"), self.page.evaluate(axes)
        self.page.evaluate("document.querySelector('#to').value = 1;"
                           "document.querySelector('#to').dispatchEvent(new Event('change'))")
        assert different(whole, self.shot("zoomed", "#losses")) > CURVE_PIXELS, "the zoom"
        assert self.page.evaluate("[...document.querySelectorAll('#losses .x text')].at(-1).textContent") == "1"
        self.page.evaluate("document.querySelector('#all').click()")
        assert self.page.evaluate(axes) == before, (self.page.evaluate(axes), before)

    def check_access(self):
        assert self.count("img:not([alt])") == 0 and self.count("svg:not([role=img]):not([aria-hidden]):not(.curves)") == 0
        assert self.page.evaluate("[...document.querySelectorAll('input')].every(input => input.labels.length > 0)")

    def check_colors(self):
        low = self.page.evaluate(CONTRASTS)
        assert not low, low

    def check_width(self):
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{wide} pixels too wide"
        small = self.page.evaluate("[...document.querySelectorAll('body *')].filter(each => each.textContent.trim() &&"
                                   " parseFloat(getComputedStyle(each).fontSize) < 12).map(each => each.outerHTML)")
        assert not small, small


# Texts with too little contrast to their background.
CONTRASTS = """
(() => {
  const luminance = color => {
    const part = color.match(/[\\d.]+/g).slice(0, 3).map(each => each / 255)
      .map(each => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2];
  };
  const behind = element => {
    const color = getComputedStyle(element).backgroundColor;
    return /^rgba\\(.*, 0\\)$/.test(color) && element.parentElement ? behind(element.parentElement) : color;
  };
  return [...document.querySelectorAll("body *")]
    .filter(each => each.checkVisibility() && [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
    .map(each => {
      const style = getComputedStyle(each);
      const text = luminance(each instanceof SVGElement ? style.fill : style.color);
      const ground = luminance(behind(each));
      return [(Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05), each.outerHTML.slice(0, 100)];
    })
    .filter(([contrast]) => contrast < LIMIT);
})()
""".replace("LIMIT", str(CONTRAST))


def check_page(report):
    """What every page must fulfil."""
    for width in (DESKTOP, TELEPHONE):
        for scheme in ("light", "dark"):
            report.open(width, scheme)
            report.shot(f"{report.path.stem}-{width}-{scheme}")
            report.check_width()
            report.check_colors()
    report.check_access()
    report.open(DESKTOP, "dark", "print")
    report.check_colors()
    assert not report.page.problems, report.page.problems


def check_run(report):
    """What the page of a run must show and do."""
    report.open(DESKTOP)
    report.check_curves()
    report.check_slider()
    report.check_zoom()
    report.open(DESKTOP, "dark", "print")
    assert not report.visible("#epoch") and report.visible("#losses .smooth") and report.visible("#picture")
    report.page.pdf(report.folder / "report.pdf")
    report.page.scripts(False)
    report.open(DESKTOP)
    report.page.scripts(True)
    assert not report.visible("#epoch") and report.visible("#losses .smooth") and report.visible(".strip img")
    assert not report.page.problems, report.page.problems


def check(folder, run, *others):
    browser = chromium.find()
    assert browser, "no Chromium; set CHROMIUM to its path"
    folder.mkdir(parents=True, exist_ok=True)
    with chromium.Page(browser) as page:
        for path in (run, *others):
            check_page(Report(page, path, folder))
            print(f"{path}: light, dark, telephone and print, as they should be")
        check_run(Report(page, run, folder))
        print(f"{run}: curves, slider, zoom, print and no script, as they should be")


if __name__ == "__main__":
    check(*map(Path, sys.argv[1:]))
