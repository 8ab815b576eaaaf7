// Moving a map and looking closer: by its buttons, by the arrow keys, by dragging, by a touch on the spot that shall be in
// the middle. Without scripts the map stands still and shows the same.
"use strict";
const Signpost = (window.Signpost ??= {});

Signpost.map = (frame) => {
  const svg = frame.querySelector("svg.map");
  if (!svg || frame.dataset.ready) return;
  frame.dataset.ready = "yes";
  const words = document.getElementById("words")?.dataset ?? {};
  const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
  const view = { x: width / 2, y: height / 2, closer: 1 };
  const spots = [...svg.querySelectorAll(".spot")].map((element) => {
    const [x, y] = element.getAttribute("transform").match(/-?[\d.]+/g).map(Number);
    return { element, x, y, from: Number(element.getAttribute("class").match(/from-(\d)/)?.[1] ?? 1) };
  });
  const bar = svg.querySelector(".bar");

  const draw = () => {
    const w = width / view.closer;
    const h = height / view.closer;
    view.x = Math.min(Math.max(view.x, -width / 2 + w / 2), width * 1.5 - w / 2);
    view.y = Math.min(Math.max(view.y, -height / 2 + h / 2), height * 1.5 - h / 2);
    if (w > width * 2) view.x = width / 2;
    const left = view.x - w / 2;
    const top = view.y - h / 2;
    svg.setAttribute("viewBox", `${left} ${top} ${w} ${h}`);
    // Pins and names keep their size on the screen.
    for (const { element, x, y, from } of spots) {
      element.setAttribute("transform", `translate(${x} ${y}) scale(${1 / view.closer})`);
      element.classList.toggle("near", from > 1 && view.closer >= from);
    }
    bar?.classList.toggle("off", view.closer !== 1 || left !== 0 || top !== 0);
    tiles(left, top, w, h);
  };

  // Tiles of an own server, where there is one: those of this view, at the zoom that fits it.
  const tiles = (left, top, w, h) => {
    const template = svg.dataset.tiles;
    if (!template) return;
    const [west, north, scale] = [svg.dataset.west, svg.dataset.north, svg.dataset.scale].map(Number);
    const zoom = Math.min(19, Math.max(0, Math.round(Math.log2((scale * view.closer) / 256))));
    const side = scale / 2 ** zoom;
    const first = (from, at) => Math.floor((from + at / scale) * 2 ** zoom);
    const images = [];
    for (let row = first(north, top); row <= first(north, top + h); row += 1) {
      for (let column = first(west, left); column <= first(west, left + w) && images.length < 100; column += 1) {
        const image = document.createElementNS("http://www.w3.org/2000/svg", "image");
        image.setAttribute("href", template.replace("{z}", zoom).replace("{x}", column).replace("{y}", row));
        image.setAttribute("x", column * side - west * scale);
        image.setAttribute("y", row * side - north * scale);
        image.setAttribute("width", side);
        image.setAttribute("height", side);
        images.push(image);
      }
    }
    svg.querySelector(".tiles").replaceChildren(...images);
  };

  const look = (times) => {
    view.closer = Math.min(16, Math.max(0.5, view.closer * times));
    draw();
  };
  const pan = (right, down) => {
    view.x += (right * width) / view.closer / 4;
    view.y += (down * height) / view.closer / 4;
    draw();
  };
  const whole = () => {
    Object.assign(view, { x: width / 2, y: height / 2, closer: 1 });
    draw();
  };

  const controls = document.createElement("div");
  controls.className = "map-controls screen";
  for (const [sign, name, act] of [
    ["+", words.closer, () => look(1.6)],
    ["−", words.farther, () => look(1 / 1.6)],
    ["⌂", words.whole, whole],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = sign;
    if (name) button.setAttribute("aria-label", name);
    button.addEventListener("click", act);
    controls.append(button);
  }
  frame.append(controls);
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  if (words.map) frame.setAttribute("aria-label", words.map);
  frame.addEventListener("keydown", (event) => {
    if (event.target !== frame) return;
    const act = {
      ArrowLeft: () => pan(-1, 0),
      ArrowRight: () => pan(1, 0),
      ArrowUp: () => pan(0, -1),
      ArrowDown: () => pan(0, 1),
      "+": () => look(1.6),
      "-": () => look(1 / 1.6),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });

  let from = null;
  svg.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY, moved: false };
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from) return;
    const unit = width / view.closer / svg.clientWidth;
    const [right, down] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(right, down) < 6) return;
    if (!from.moved) svg.setPointerCapture(event.pointerId);
    view.x -= right * unit;
    view.y -= down * unit;
    from = { x: event.clientX, y: event.clientY, moved: true };
    draw();
  });
  const end = (event) => {
    if (from && !from.moved && event.type === "pointerup" && !event.target.closest("a")) {
      const box = svg.getBoundingClientRect();
      view.x += ((event.clientX - box.left) / box.width - 0.5) * (width / view.closer);
      view.y += ((event.clientY - box.top) / box.height - 0.5) * (height / view.closer);
      draw();
    }
    if (from?.moved) svg.addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
    from = null;
  };
  svg.addEventListener("pointerup", end);
  svg.addEventListener("pointercancel", end);
};

for (const frame of document.querySelectorAll(".map-frame")) Signpost.map(frame);
