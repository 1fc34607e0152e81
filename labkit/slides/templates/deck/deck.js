"use strict";

/* What is wider or fuller than its page is set a little smaller, and a few words a little larger, before anybody
   sees it. */
function fitPages() {
  const slides = document.querySelector(".slides");
  slides.classList.add("measuring");
  for (const part of document.querySelectorAll(".formula, .table, .grid")) {
    const share = part.clientWidth / part.scrollWidth;
    if (share < 1) part.style.setProperty("--narrower", (0.99 * share).toFixed(3));
  }
  for (const page of document.querySelectorAll(".text > .page, .task > .page, .quiz > .page")) {
    for (let size = 1; filled(page) < 0.6 && size < 1.2; size += 0.04) {
      page.style.setProperty("--fit", size.toFixed(2));
    }
  }
  for (const page of document.querySelectorAll(".page")) {
    for (let size = 0.97; overflows(page) && size > 0.5; size -= 0.03) {
      page.style.setProperty("--fit", size.toFixed(2));
    }
  }
  slides.classList.remove("measuring");
}

/* The share of a page's height that its blocks take. */
function filled(page) {
  return [...page.querySelectorAll(".block")].reduce((sum, block) => sum + block.offsetHeight, 0) / page.clientHeight;
}

function overflows(page) {
  const foot = page.clientHeight - parseFloat(getComputedStyle(page).paddingBottom);
  const lowest = Math.max(...[...page.querySelectorAll(".block")].map((block) => block.offsetTop + block.offsetHeight));
  return lowest > foot + 1 || page.scrollHeight > page.clientHeight || page.scrollWidth > page.clientWidth;
}

/* The speaker view is a window of its own: give it the page's font and language as soon as it answers. */
function dressSpeakerView(view) {
  if (view.document.querySelector("style.deck")) return;
  const style = view.document.createElement("style");
  style.className = "deck";
  style.textContent = document.querySelector("style.fonts").textContent + document.querySelector("style.speaker").textContent;
  view.document.head.append(style);
  for (const [place, words] of Object.entries(SPEAKER_WORDS)) {
    view.document.querySelector(place).textContent = words;
  }
}

window.addEventListener("message", (event) => {
  if (typeof event.data === "string" && event.data.includes('"connected"')) dressSpeakerView(event.source);
});

Promise.all([...document.fonts].map((font) => font.load())).then(() => {
  fitPages();
  Reveal.initialize({
    width: 1280,
    height: 720,
    margin: 0.02,
    center: false,
    hash: true,
    slideNumber: "c/t",
    transition: "fade",
    transitionSpeed: "fast",
    plugins: [RevealNotes],
  });
});
