// Lets the crop and the focus of a picture be set in the picture itself, by pointer or keys. What counts stands in the
// number fields; they stay, and work without this module.

const NAMES = ["crop_left", "crop_top", "crop_width", "crop_height", "focus_x", "focus_y"];
const WHOLE = [0, 0, 100, 100, 50, 50];
const SMALLEST = 5;
// A pointer that moves less than so many pixels has pressed, not drawn.
const PRESSED = 6;
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const template = document.getElementById("crop-editor");
const fields = NAMES.map((name) => document.getElementById(`id_${name}`));
const upload = document.getElementById("id_file");

function within(value, least, most) {
  return Math.min(Math.max(Math.round(value), least), most);
}

function start() {
  const editor = template.content.firstElementChild.cloneNode(true);
  const find = (selector) => editor.querySelector(selector);
  const [stage, picture, crop, status] = [".crop-editor__stage", "img", ".crop-editor__crop", "[role=status]"].map(find);
  const handles = Object.fromEntries([...editor.querySelectorAll("[data-handle]")].map((one) => [one.dataset.handle, one]));
  const pen = find("canvas").getContext("2d");

  function read() {
    return fields.map((field, index) => (field.value === "" ? WHOLE[index] : within(Number(field.value), 0, 100)));
  }

  function write(values) {
    fields.forEach((field, index) => {
      field.value = values[index];
    });
    draw();
  }

  function place(element, x, y) {
    element.style.left = `${x}%`;
    element.style.top = `${y}%`;
  }

  function draw() {
    const [left, top, width, height, x, y] = read();
    place(crop, left, top);
    crop.style.width = `${width}%`;
    crop.style.height = `${height}%`;
    place(handles.start, left, top);
    place(handles.end, left + width, top + height);
    place(handles.focus, x, y);
    editor.hidden = !picture.getAttribute("src");
    if (picture.naturalWidth) drawCard([left, top, width, height, x, y]);
  }

  // As on the public pages: the largest part of the crop in the shape of a card, with the focus near its middle.
  function drawCard(values) {
    const { naturalWidth: across, naturalHeight: down } = picture;
    const { width: cardAcross, height: cardDown } = pen.canvas;
    const [left, top, width, height, x, y] = values.map((value, index) => (value * (index % 2 ? down : across)) / 100);
    const scale = Math.min(width / cardAcross, height / cardDown);
    const [w, h] = [cardAcross * scale, cardDown * scale];
    const [from, above] = [Math.min(Math.max(x - w / 2, left), left + width - w), Math.min(Math.max(y - h / 2, top), top + height - h)];
    pen.clearRect(0, 0, cardAcross, cardDown);
    pen.drawImage(picture, from, above, w, h, 0, 0, cardAcross, cardDown);
  }

  function setCrop(x1, y1, x2, y2) {
    const [, , , , x, y] = read();
    const left = within(Math.min(x1, x2), 0, 100 - SMALLEST);
    const top = within(Math.min(y1, y2), 0, 100 - SMALLEST);
    const width = within(Math.max(x1, x2) - left, SMALLEST, 100 - left);
    const height = within(Math.max(y1, y2) - top, SMALLEST, 100 - top);
    write([left, top, width, height, x, y]);
  }

  function setFocus(x, y) {
    write([...read().slice(0, 4), within(x, 0, 100), within(y, 0, 100)]);
  }

  // Moves one of the handles to a place; a corner never passes the other.
  function move(name, x, y) {
    const [left, top, width, height] = read();
    if (name === "focus") setFocus(x, y);
    else if (name === "start") setCrop(Math.min(x, left + width - SMALLEST), Math.min(y, top + height - SMALLEST), left + width, top + height);
    else setCrop(left, top, Math.max(x, left + SMALLEST), Math.max(y, top + SMALLEST));
  }

  function placeOf(name) {
    const [left, top, width, height, x, y] = read();
    return { start: [left, top], end: [left + width, top + height], focus: [x, y] }[name];
  }

  function tell() {
    const [left, top, width, height, x, y] = read();
    status.textContent = `切り抜き：左端${left}％、上端${top}％、幅${width}％、高さ${height}％。注目点：横${x}％、縦${y}％。`;
  }

  function pointAt(event) {
    const area = stage.getBoundingClientRect();
    return [((event.clientX - area.left) / area.width) * 100, ((event.clientY - area.top) / area.height) * 100];
  }

  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const name = event.target.dataset.handle;
    const [fromX, fromY] = pointAt(event);
    const begun = [event.clientX, event.clientY];
    let isDrawn = Boolean(name);
    event.preventDefault();
    event.target.focus?.();
    stage.setPointerCapture(event.pointerId);

    function follow(next) {
      isDrawn ||= Math.hypot(next.clientX - begun[0], next.clientY - begun[1]) >= PRESSED;
      if (name) move(name, ...pointAt(next));
      else if (isDrawn) setCrop(fromX, fromY, ...pointAt(next));
    }

    function end() {
      if (!isDrawn) setFocus(fromX, fromY);
      stage.removeEventListener("pointermove", follow);
      tell();
    }

    stage.addEventListener("pointermove", follow);
    stage.addEventListener("lostpointercapture", end, { once: true });
  });

  stage.addEventListener("keydown", (event) => {
    const name = event.target.dataset.handle;
    if (!name || !STEPS[event.key]) return;
    event.preventDefault();
    const step = event.shiftKey ? 10 : 1;
    const [x, y] = placeOf(name);
    move(name, x + STEPS[event.key][0] * step, y + STEPS[event.key][1] * step);
    tell();
  });

  find("[data-whole]").addEventListener("click", () => {
    write(WHOLE);
    tell();
  });

  // A picture that was chosen and is not sent yet: its crop begins anew.
  upload?.addEventListener("change", () => {
    const [file] = upload.files;
    if (!file) return;
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      picture.src = reader.result;
      write(WHOLE);
    });
    reader.readAsDataURL(file);
  });

  picture.addEventListener("load", draw);
  fields.forEach((field) => field.addEventListener("input", draw));
  document.querySelector(".crop-fields .description").after(editor);
  draw();
}

if (template && fields.every(Boolean)) start();
