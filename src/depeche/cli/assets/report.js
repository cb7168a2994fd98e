"use strict";
const all = (selector) => Array.from(document.querySelectorAll(selector));
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const idsOf = (mark) => mark.dataset.ids.split(" ");
const marksOf = new Map();
all("mark").forEach((mark) => idsOf(mark).forEach((id) => marksOf.set(id, [...(marksOf.get(id) || []), mark])));
const recordOf = new Map(all(".record").map((record) => [record.dataset.id, record]));

function show(ids, target) {
  all(".on").forEach((e) => e.classList.remove("on"));
  all("[aria-pressed=true]").forEach((e) => e.setAttribute("aria-pressed", "false"));
  const records = ids.map((id) => recordOf.get(id)).filter(Boolean);
  const marks = ids.flatMap((id) => marksOf.get(id) || []);
  [...records, ...marks].forEach((e) => e.classList.add("on"));
  records.forEach((e) => e.setAttribute("aria-pressed", "true"));
  const first = (target === "text" ? marks : records)[0];
  if (first) first.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
}
function choose(element) {
  const record = element.closest(".record");
  const mark = element.closest("mark");
  if (record) show([record.dataset.id], "text");
  else if (mark) show(idsOf(mark), "records");
}
document.addEventListener("click", (event) => choose(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") show([], "text");
  else if (event.target.closest("mark") && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    choose(event.target);
  }
});
