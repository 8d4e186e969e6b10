"use strict";
document.documentElement.classList.add("js");
const get = id => document.getElementById(id);

// The slider shows the images of an epoch; so does a click into the strip.
const frames = [...document.querySelectorAll(".strip img")];
function show(index) {
  const frame = frames[index];
  get("epoch").value = index;
  get("epoch").setAttribute("aria-valuetext", "epoch " + frame.dataset.epoch);
  get("picture").src = frame.src;
  get("picture").alt = frame.alt;
  get("shown").textContent = frame.dataset.epoch;
  frames.forEach(each => each.parentElement.classList.toggle("current", each === frame));
}
if (frames.length > 0) {
  let timer = 0;
  const stop = () => { clearInterval(timer); timer = 0; get("play").textContent = "Play"; };
  get("epoch").addEventListener("input", () => { stop(); show(Number(get("epoch").value)); });
  get("play").addEventListener("click", () => {
    if (timer) { stop(); return; }
    let next = Number(get("epoch").value) === frames.length - 1 ? 0 : Number(get("epoch").value);
    get("play").textContent = "Stop";
    timer = setInterval(() => { show(next++); if (next === frames.length) stop(); }, 250);
  });
  frames.forEach((frame, index) => frame.addEventListener("click", () => { stop(); show(index); }));
  show(frames.length - 1);
}

// The zoom shows some epochs: other limits of the curves' own coordinates, and other ticks.
function roundStep(atLeast) {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  return [1, 2, 5, 10].map(digit => digit * power).find(step => step >= atLeast);
}
function label(axis, low, high, step, place) {
  const template = axis.firstElementChild.cloneNode(true);
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9; i++) {
    const tick = template.cloneNode(true);
    place(tick, i * step);
    tick.lastElementChild.textContent = String(Number((i * step).toFixed(4)));
    ticks.push(tick);
  }
  axis.replaceChildren(...ticks);
}
function zoom(plot, from, to) {
  const curves = plot.querySelector(".curves");
  const [low, high, end, perTick] = ["low", "high", "end", "perTick"].map(key => Number(plot.dataset[key]));
  const height = plot.height0 ??= curves.viewBox.baseVal.height;
  const left = (from - 1) * perTick, right = Math.min(end, to * perTick);
  let top = 0, bottom = height;
  if (right - left < end) {
    const seen = [...curves.querySelectorAll(".smooth")].flatMap(path =>
      [...path.getAttribute("d").matchAll(/[ML](\d+) (-?\d+)/g)]
        .filter(point => point[1] >= left && point[1] <= right).map(point => Number(point[2])));
    const margin = 0.25 * (Math.max(...seen) - Math.min(...seen)) + height / 50;
    top = Math.max(-height, Math.min(...seen) - margin);
    bottom = Math.min(height, Math.max(...seen) + margin);
  }
  curves.setAttribute("viewBox", [left, top, right - left, bottom - top].join(" "));
  const value = place => high - place / height * (high - low);
  label(plot.querySelector(".y"), value(bottom), value(top), roundStep((value(top) - value(bottom)) / 5),
    (tick, at) => {
      const y = 100 * (value(top) - at) / (value(top) - value(bottom)) + "%";
      tick.firstElementChild.setAttribute("y1", y);
      tick.firstElementChild.setAttribute("y2", y);
      tick.lastElementChild.setAttribute("y", y);
    });
  const first = left / perTick, last = right / perTick;
  label(plot.querySelector(".x"), first, last, Math.max(1, roundStep((last - first) / 8)),
    (tick, at) => tick.lastElementChild.setAttribute("x", 100 * (at - first) / (last - first) + "%"));
}
if (get("from")) {
  const plots = ["losses", "outputs"].map(get).filter(plot => plot !== null);
  const limit = input => Math.max(Number(input.min), Math.min(Number(input.max), Math.round(input.value) || 1));
  const update = () => {
    const ends = [limit(get("from")), limit(get("to"))].sort((a, b) => a - b);
    plots.forEach(plot => zoom(plot, ends[0], ends[1]));
  };
  get("from").addEventListener("change", update);
  get("to").addEventListener("change", update);
  get("all").addEventListener("click", () => {
    get("from").value = 1;
    get("to").value = get("to").max;
    update();
  });
}
